"""What a person is told, on screen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.http import reads
from common.pagination import paginate
from exchange.deliveries import actions
from exchange.deliveries.models import Notice

NEWEST_FIRST = ("-told_at", "pk")


@reads
def notice_list(request):
    page = paginate(request, Notice.objects.visible_to(request.member).for_list(), NEWEST_FIRST)
    return render(request, "exchange/notice_list.html", {"page": page})


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
def notices_read(request):
    read = actions.read(Notice.objects.visible_to(request.member))
    sentence = ngettext("%(count)s notice is marked as read.", "%(count)s notices are marked as read.", read)
    messages.success(request, sentence % {"count": read} if read else _("Everything was read already."))
    return redirect("exchange:notice_list")
