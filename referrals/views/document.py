"""Adding a document to a referral, from either side, while it shows the person."""

from django.http import Http404, HttpRequest, HttpResponse

from accounts.audit import audited
from exchange.documents.views import added
from referrals.views.referral import get_referral, show


@audited
def document_create(request: HttpRequest, pk) -> HttpResponse:
    referral = get_referral(request, pk)
    if not referral.person_shown:
        raise Http404
    show(request, [referral])
    return added(request, referral, back_url=referral.get_absolute_url())
