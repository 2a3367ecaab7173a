"""What the platform's administrator begins the day with: counts that name nobody, and what they call for."""

import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Count, Min, Q

from accounts.models import ApiToken, Kind, Membership, Organisation, Role
from common import clock
from common.queued import JobStatus
from common.words import moment_words
from evaluations.models import Report

SOON = datetime.timedelta(days=30)


def home(member) -> dict:
    return {
        "organisations": organisations(member),
        **people(),
        **documents(),
        "tokens_ending": ApiToken.objects.usable(clock.now())
        .filter(expires_at__lte=clock.now() + SOON)
        .count(),
        "factor_is_asked": settings.SECOND_FACTOR_REQUIRED,
    }


def organisations(member) -> list[dict]:
    """Active and inactive ones of each kind."""
    found = Organisation.objects.visible_to(member).values("kind")
    found = found.annotate(
        active=Count("pk", filter=Q(is_active=True)), inactive=Count("pk", filter=Q(is_active=False))
    )
    return [row | {"label": Kind(row["kind"]).label} for row in found.order_by("kind")]


def people() -> dict[str, int]:
    """Those who can act for an organisation today, and how many of them have no second factor."""
    lacks_factor = ~Q(user__in=Authenticator.objects.values("user"))
    acting = Membership.objects.active().exclude(role=Role.CLIENT)
    return acting.aggregate(
        people=Count("user", distinct=True),
        without_factor=Count("user", distinct=True, filter=lacks_factor),
    )


def documents() -> dict:
    """PDFs that wait for a worker, since when the oldest does, and those that failed."""
    waiting = Report.objects.open().aggregate(number=Count("pk"), since=Min("asked_at"))
    return {
        "documents_waiting": waiting["number"],
        "waiting_since": moment_words(waiting["since"]) if waiting["since"] else "",
        "documents_failed": Report.objects.filter(status=JobStatus.FAILED).count(),
    }
