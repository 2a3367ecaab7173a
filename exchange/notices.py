"""Who is told what about signing in and about the team. Data only; `deliveries` reads it as that of other apps."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.models.roles import ROLES_RUN_BY, Role
from exchange.deliveries.table import ByAct, Matter

TOPIC = _("Your account and your team")


def owner(event, user):
    """Where the person acts for several organisations it stands in one of them: the first, as after signing in."""
    own = Membership.objects.active().filter(user=user).order_by("starts_on", "pk")
    return own.values_list("pk", flat=True)[:1]


def sender(event, link) -> list:
    member = link.kind.sender(link.subject)
    return [member.pk] if member else []


NOTICES = (
    ByAct(
        kind="link_blocked",
        matter=Matter(
            name="link_blocked",
            topic=TOPIC,
            label=_("A link that you sent is closed after five wrong codes"),
            roles=frozenset(Role) - {Role.CLIENT},
            mutable=False,
        ),
        subject="exchange.personallink",
        verb="link_blocked",
        whom=sender,
        sentence=_("A link was closed after five wrong codes."),
        opens="exchange:link_blocked",
    ),
    ByAct(
        kind="new_device",
        matter=Matter(
            name="new_device",
            topic=TOPIC,
            label=_("Somebody signs in to your account with a browser that was not used for it before"),
            roles=frozenset(Role) - {Role.CLIENT},
            mutable=False,
        ),
        subject="accounts.user",
        verb="signed_in_elsewhere",
        whom=owner,
        sentence=_("Your account was signed in to with a new browser."),
        opens="accounts:session_list",
        at="",
    ),
    ByAct(
        kind="invitation_accepted",
        matter=Matter(
            name="invitation_accepted",
            topic=TOPIC,
            label=_("Somebody whom you invited joins the team"),
            roles=frozenset(ROLES_RUN_BY),
        ),
        subject="exchange.invitation",
        verb="invitation_accepted",
        whom=lambda event, invitation: [invitation.invited_by_id],
        sentence=_("Somebody whom you invited has joined the team."),
        opens="exchange:member_change",
        at="about_id",
    ),
)
