"""What a person is told, on screen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.http import reads
from common.pagination import paginate
from exchange.deliveries import actions
from exchange.deliveries.filters import NoticeFilter
from exchange.deliveries.forms import PreferencesForm
from exchange.deliveries.models import Notice

NEWEST_FIRST = ("-told_at", "pk")


@reads
def notice_list(request):
    visible = Notice.objects.visible_to(request.member).for_list()
    filterset = NoticeFilter(request.GET, visible, request=request)
    page = paginate(request, filterset.qs, NEWEST_FIRST)
    template = "exchange/_notices.html" if request.htmx else "exchange/notice_list.html"
    return render(request, template, {"page": page, "filterset": filterset})


@require_http_methods(["GET", "HEAD", "POST"])
def notice_open(request, pk):
    """Lead to what the notice is about, which asks for its rights again; a click on the list marks it as read, too.

    The link in a mail is opened by scanners as well: a GET changes nothing.
    """
    notice = get_object_or_404(Notice.objects.visible_to(request.member).for_list(), pk=pk)
    if request.method == "POST":
        actions.read(Notice.objects.visible_to(request.member).filter(pk=pk))
    return redirect(notice.address)


@require_POST
def notice_read(request, pk):
    """Marked as read without being opened. Back to the list as it was asked for."""
    notice = get_object_or_404(Notice.objects.visible_to(request.member), pk=pk)
    actions.read(Notice.objects.visible_to(request.member).filter(pk=notice.pk))
    return redirect(f"{reverse('exchange:notice_list')}?{request.GET.urlencode()}")


@require_POST
def notices_read(request):
    read = actions.read(Notice.objects.visible_to(request.member))
    sentence = ngettext("%(count)s notice is marked as read.", "%(count)s notices are marked as read.", read)
    messages.success(request, sentence % {"count": read} if read else _("Everything was read already."))
    return redirect("exchange:notice_list")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """In which way one is told of what, in the role one acts in now."""
    typed = request.POST if request.method == "POST" else None
    form = PreferencesForm(typed, member=request.member)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choices are kept. They hold for what you are told from now on."))
        return redirect("exchange:preferences")
    return render(request, "exchange/preferences.html", {"form": form}, status=422 if form.is_bound else 200)
