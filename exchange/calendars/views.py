from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audit import audited, showing
from accounts.models.api_token import digest
from common import clock
from exchange.calendars.dates import dates_of
from exchange.calendars.feed import feed_of
from exchange.models import CalendarAddress


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request):
    """The own calendar address. A POST makes a new one, which is shown this once."""
    secret = ""
    if request.method == "POST":
        _address, secret = CalendarAddress.objects.renew(request.member)
    address = CalendarAddress.objects.usable().filter(member=request.member).first()
    url = settings.SITE_URL + reverse("exchange:calendar_feed", args=[secret]) if secret else ""
    context = {"address": address, "url": url, "calendar_url": f"webcal:{url.partition(':')[2]}"}
    return render(request, "exchange/calendar.html", context)


@require_POST
def calendar_revoke(request):
    if CalendarAddress.objects.revoke(request.member):
        messages.success(request, _("Your calendar address is closed: no calendar reads it any more."))
    return redirect("exchange:calendar")


@login_not_required
@require_safe
@audited
def calendar_feed(request, secret):
    """What a calendar reads by itself. Whoever left, or whose address was closed, has none."""
    found = CalendarAddress.objects.usable().select_related("member__organisation", "member__user")
    address = found.filter(digest=digest(secret)).first()
    if address is None:
        raise Http404
    request.member = address.member  # whom the audit names
    with translation.override(settings.LANGUAGE_CODE):
        dates = dates_of(address.member, clock.today())
        content = feed_of(dates, address.tell(dates))
    showing(request, "exchange.calendaraddress", [address.pk])
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
