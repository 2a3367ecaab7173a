"""What both sides write to each other about a referral."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.audit import audited
from exchange.threads.views import conversed
from referrals.views.referral import get_referral, show


@audited
@require_http_methods(["GET", "HEAD", "POST"])
def message_list(request: HttpRequest, pk) -> HttpResponse:
    referral = get_referral(request, pk)
    show(request, [referral])
    return conversed(request, referral)
