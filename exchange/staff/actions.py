"""People are invited to act for an organisation, and say yes."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from accounts import events
from accounts.changes import change, create
from accounts.heads import check_another_runs_it, check_runs
from accounts.models import Membership, Organisation, Role, User
from accounts.models.membership import MembershipQuerySet
from accounts.models.roles import MISSION_LOCALE_STAFF, ROLES_RUN_BY
from accounts.organisations.actions import check_administrates
from common import clock
from common.errors import NotPermitted, WrongStatus
from exchange.deliveries.actions import send_link
from exchange.links.models import PersonalLink
from exchange.staff.models import INVITE, Invitation


@transaction.atomic
def invite(invitation: Invitation, *, by: Membership) -> Invitation:
    """Ask somebody to act for the own organisation; a double click asks once.

    Raises `NotPermitted` for a role that is not this person's to give, `WrongStatus` for who works here or is
    invited already.
    """
    if invitation.role not in by.roles_run:
        raise NotPermitted(_("This role is not yours to give."))
    invitation.organisation = by.organisation
    return asked(invitation, by=by)


def asked(invitation: Invitation, *, by: Membership) -> Invitation:
    """The part of inviting that is the same whoever invites."""
    invitation.invited_by = by
    if in_post(invitation).exists():
        raise WrongStatus(_("This address belongs to someone who works here already."))
    try:
        stored = create(invitation, by=by)
    except IntegrityError as error:
        raise WrongStatus(_("This address is invited already: send the mail again instead.")) from error
    if stored is invitation:
        send_link(PersonalLink.objects.issue(INVITE, invitation, email=invitation.email))
    return stored


def first_role(organisation: Organisation) -> str:
    """In which the platform's administrator may invite somebody there, empty for none.

    Who first runs the staff; once somebody does, colleagues are theirs to invite. Nobody runs a union's.
    """
    if not organisation.is_active:
        return ""
    if organisation.is_union:
        return Role.NETWORK
    present = Membership.objects.present().filter(organisation=organisation, user__is_active=True)
    if present.filter(role__in=[*ROLES_RUN_BY, Role.ADMINISTRATOR]).exists():
        return ""
    return Role.DIRECTOR if organisation.is_mission_locale else Role.LEAD


@transaction.atomic
def name_head(invitation: Invitation, *, organisation: Organisation, by: Membership) -> Invitation:
    """Ask somebody to be the first who runs an organisation. Whoever runs the platform sees no file: not themself.

    Raises `NotPermitted`, and `WrongStatus` as `invite` does.
    """
    check_administrates(by)
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    invitation.organisation, invitation.role = organisation, first_role(organisation)
    if not invitation.role:
        raise WrongStatus(_("Somebody runs this organisation already, or it is closed."))
    administrators = Membership.objects.active().filter(role=Role.ADMINISTRATOR)
    if administrators.filter(user__email__iexact=invitation.email).exists():
        raise NotPermitted(_("Whoever runs the platform sees no file, and so runs no organisation."))
    return asked(invitation, by=by)


def of_this_address(invitation: Invitation) -> MembershipQuerySet:
    members = Membership.objects.filter(organisation=invitation.organisation_id)
    return members.filter(user__email__iexact=invitation.email)


def in_post(invitation: Invitation) -> MembershipQuerySet:
    """Who has the address, among those who act for the organisation within the dates of the invitation."""
    ended = Q(ends_on__lt=max(invitation.starts_on, clock.today()))
    later = Q(starts_on__gt=invitation.ends_on) if invitation.ends_on else Q(pk=None)
    return of_this_address(invitation).exclude(ended | later)


def last_day_before(invitation: Invitation) -> datetime.date | None:
    """Until when somebody of this address acted for the organisation before."""
    former = of_this_address(invitation).filter(ends_on__lt=max(invitation.starts_on, clock.today()))
    return former.aggregate(last=Max("ends_on"))["last"]


@transaction.atomic
def resend(invitation: Invitation, *, by: Membership):
    """A new link in a new mail; the one before serves no more. Raises `WrongStatus` once nobody waits for it."""
    locked(invitation)
    send_link(PersonalLink.objects.issue(INVITE, invitation, email=invitation.email))
    events.record("invitation_sent_again", invitation, by=by)


@transaction.atomic
def revoke(invitation: Invitation, *, by: Membership):
    """Raises `WrongStatus` once it is answered or revoked."""
    locked(invitation).write(revoked_at=clock.now())
    PersonalLink.objects.revoke(INVITE, invitation)
    events.record("invitation_revoked", invitation, by=by)


def locked(invitation: Invitation) -> Invitation:
    """The invitation, ours until the transaction ends, if it waits for an answer still."""
    waiting = Invitation.objects.waiting().select_for_update(no_key=True).filter(pk=invitation.pk).first()
    if waiting is None:
        raise WrongStatus(_("This invitation waits no longer: it was answered or withdrawn."))
    return waiting


@transaction.atomic
def join(link: PersonalLink, *, user: User) -> Membership:
    """Say yes: from now on, or from the day agreed, this person acts for the organisation. A new account is saved too.

    Raises `WrongStatus` where the invitation waits no longer, or the person works there already.
    """
    invitation = locked(link.subject)
    if user._state.adding:
        user.save()
    member = Membership(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        title=invitation.title,
        site=invitation.site,
        starts_on=max(invitation.starts_on, clock.today()),
        ends_on=invitation.ends_on,
    )
    try:
        with transaction.atomic():
            create(member, by=member)
    except IntegrityError as error:
        raise WrongStatus(_("You work there already.")) from error
    invitation.write(membership=member)
    link.use(by=member)
    events.record("invitation_accepted", invitation, by=member, about=member)
    return member


@transaction.atomic
def change_member(member: Membership, *, by: Membership, expected: int, role: str, **values) -> bool:
    """Another role, title or site for a colleague; returns whether anything changed.

    Raises `NotPermitted`, `LastHead` where nobody would run the staff any more, `Stale` as `change` does.
    """
    check_runs(by, member)
    if role not in roles_for(member, by):
        raise NotPermitted(_("This role is not yours to give."))
    if role not in ROLES_RUN_BY:
        # Before their organisation's row, as whoever ends it does: crosswise, each would wait for the other.
        Membership.objects.select_for_update(no_key=True).get(pk=member.pk)
        check_another_runs_it(member)
    return change(member, by=by, expected=expected, role=role, **values)


def roles_for(member: Membership, by: Membership) -> list[str]:
    """Who may be a referent stays one who may: young people would lose theirs."""
    return [r for r in by.roles_run if not member.is_mission_locale_staff or r in MISSION_LOCALE_STAFF]
