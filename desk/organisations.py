"""What the page of an organisation shows besides what is said of it, as far as the reader may know."""

from django.db.models import Count, Q

from accounts.models import Membership, Organisation, Role
from accounts.models.roles import ROLES_RUN_BY
from exchange.links.models import PersonalLink
from exchange.models import Invitation
from exchange.staff.models import INVITE
from partnerships.models import Agreement, Party, ServiceOffer
from referrals.models import Referral
from youths.models import FollowUp, Youth

MOST = 50
NOT_IN_POST = [Role.CLIENT, Role.VOLUNTEER]
HEADS = [*ROLES_RUN_BY, Role.NETWORK]


def people_of(organisation: Organisation, member: Membership) -> dict:
    """Colleagues by name, to the administrator who runs the place; of others how many work there in which post."""
    there = Membership.objects.active().filter(organisation=organisation).exclude(role__in=NOT_IN_POST)
    is_named = Q(pk=None)
    if member.organisation_id == organisation.pk:
        is_named = Q(role__in=Role)
    elif member.role == Role.ADMINISTRATOR:
        is_named = Q(role__in=HEADS)
    named = (
        there.filter(is_named).select_related("user").order_by("user__last_name", "user__first_name", "pk")
    )
    posts = there.exclude(is_named).values("role", "title").annotate(number=Count("pk"))
    people = list(named[: MOST + 1])
    return {
        "people": people[:MOST],
        "more_people": len(people) > MOST,
        "posts": [
            row | {"label": row["title"] or Role(row["role"]).label}
            for row in posts.order_by("-number", "role", "title")[:MOST]
        ],
    }


def work_of(organisation: Organisation, member: Membership) -> dict:
    """Its agreements that the reader sees, what it offers, and what stands below it."""
    parties = Party.objects.filter(organisation=organisation).order_by().values("agreement")
    agreements = Agreement.objects.visible_to(member).filter(pk__in=parties).order_by("title", "pk")
    offers = ServiceOffer.objects.visible_to(member).open().filter(organisation=organisation)
    below = Organisation.objects.visible_to(member).filter(parent=organisation).order_by("name", "pk")
    return {
        "agreements": list(agreements[:MOST]),
        "offers": list(offers.for_list()[:MOST]),
        "below": list(below[:MOST]),
    }


def invited_to(organisation: Organisation, member: Membership) -> list[tuple]:
    """Whom the administrator has asked to run it and who has not answered, each with the last link."""
    if member.role != Role.ADMINISTRATOR:
        return []
    waiting = Invitation.objects.visible_to(member).waiting().filter(organisation=organisation).for_list()
    invitations = list(waiting[:MOST])
    links = PersonalLink.objects.latest_of(INVITE, invitations)
    return [(invitation, links.get(invitation.pk)) for invitation in invitations]


def held_by_organisation(organisation: Organisation) -> dict[str, int]:
    """Counts alone, for who closes it and sees no file: what would stand without anybody to act."""
    parties = Party.objects.filter(organisation=organisation).order_by().values("agreement")
    is_side = Q(sender=organisation) | Q(recipient=organisation)
    return {
        "people": Membership.objects.active().filter(organisation=organisation).count(),
        "agreements": Agreement.objects.in_force().filter(pk__in=parties).count(),
        "referrals": Referral.objects.open().filter(is_side).count(),
        "waiting": Youth.objects.filter(organisation=organisation, waits=True).count(),
        "follow_ups": FollowUp.objects.open().filter(structure=organisation).count(),
    }
