"""Somebody runs the staff of an organisation as long as anybody ever did."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from accounts.models.roles import ROLES_RUN_BY
from common import clock
from common.errors import DomainError, NotPermitted


class LastHead(DomainError):
    code = "last_head"


def check_runs(by: Membership, member: Membership):
    """Raises `NotPermitted` where the one does not run the other's staff."""
    if not Membership.objects.run_by(by).filter(pk=member.pk).exists():
        raise NotPermitted(_("Only who runs the staff of an organisation changes it."))


def check_another_runs_it(member: Membership, *, after=None):
    """Raises `LastHead` where nobody else would run the staff once that day is over, today by default.

    In the transaction that writes: the organisation is held, so that of two who let each other go one is refused.
    """
    if not member.roles_run:
        return
    after = after or clock.today()
    Organisation.objects.select_for_update(no_key=True).get(pk=member.organisation_id)
    stay = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=after), user__is_active=True)
    heads = stay.filter(organisation=member.organisation_id, role__in=ROLES_RUN_BY, starts_on__lte=after)
    if not heads.exclude(pk=member.pk).exists():
        raise LastHead(
            _("%(name)s is the last to run the staff of %(organisation)s: name somebody else first.")
            % {"name": member, "organisation": member.organisation}
        )
