"""API tokens by command: create, list, revoke."""

import uuid

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import ApiToken, Membership, Organisation, Role, User
from accounts.models.api_token import LONGEST, SCOPES


class Command(BaseCommand):
    help = "Creates, lists and revokes the tokens of REST clients."

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="Print a new token, once.")
        create.add_argument("--organisation", required=True, help="identifier or short name")
        create.add_argument("--name", required=True)
        create.add_argument("--scopes", default="read", help="read, write, or both with a comma")
        create.add_argument("--days", type=int, default=LONGEST, help=f"days of validity, {LONGEST} at most")
        listing = actions.add_parser("list", help="List the tokens that are not revoked.")
        listing.add_argument("--organisation", help="identifier or short name")
        revoke = actions.add_parser("revoke", help="End a token now.")
        revoke.add_argument("token", type=uuid.UUID, help="identifier, as list shows it")

    def handle(self, action, **options):
        getattr(self, action)(**options)

    @transaction.atomic
    def create(self, organisation, name, scopes, days, **options):
        wanted = set(filter(None, scopes.split(",")))
        if not wanted or wanted - set(SCOPES):
            raise CommandError(f"Scopes are {' and '.join(SCOPES)}, separated by a comma.")
        if not 1 <= days <= LONGEST:
            raise CommandError(f"A token is valid for 1 to {LONGEST} days.")
        user = User.objects.create_user(
            f"client-{uuid.uuid4()}@api.invalid", first_name="API", last_name=name
        )
        member = Membership.objects.create(user=user, organisation=find(organisation), role=Role.CLIENT)
        token, secret = ApiToken.objects.issue(membership=member, name=name, scopes=wanted, days=days)
        self.stdout.write(secret)
        self.stderr.write(f"Token {token.pk} of {member.organisation}. It is not shown again.")

    def list(self, organisation, **options):
        tokens = ApiToken.objects.filter(revoked_at=None).select_related("membership__organisation")
        if organisation:
            tokens = tokens.filter(membership__organisation=find(organisation))
        for token in tokens.order_by("created_at"):
            organisation, scopes = token.membership.organisation.short_name, ",".join(token.scopes)
            used = f"last used on {token.last_used_on}" if token.last_used_on else "never used"
            until = f"until {token.expires_at:%Y-%m-%d}"
            self.stdout.write(f"{token.pk}  {organisation}  {token.name}  {scopes}  {until}  {used}")

    def revoke(self, token, **options):
        found = ApiToken.objects.filter(pk=token).first()
        if found is None:
            raise CommandError("There is no such token.")
        found.revoke()
        self.stdout.write("Revoked.")


def find(organisation) -> Organisation:
    found = Organisation.objects.called(organisation).first()
    if found is None:
        raise CommandError(f"No organisation is called {organisation}.")
    return found
