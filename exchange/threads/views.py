"""A record's conversation: its end beside other things of the record, all of it on a page of its own."""

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.audit import showing
from common.forms import refusals_in
from common.pagination import Page, paginate
from exchange.threads import actions
from exchange.threads.conversation import is_joined_by, is_read_by
from exchange.threads.forms import MessageForm
from exchange.threads.models import Message

NEWEST_FIRST = ("-created_at", "pk")
LATEST = 5


def latest(request: HttpRequest, record: Model) -> dict:
    """The last messages in the order of time, whether there are earlier ones, and the form for who may write."""
    found = list(Message.objects.visible_to(request.member).on(record).for_list()[: LATEST + 1])
    show(request, found[:LATEST])
    return {
        "said": found[:LATEST][::-1],
        "has_earlier": len(found) > LATEST,
        "form": MessageForm() if is_joined_by(record, request.member) else None,
    }


def show(request, said) -> None:
    showing(request, "exchange.message", [message.pk for message in said])


def conversed(request: HttpRequest, record: Model) -> HttpResponse:
    """All of it, and where it is written to. What comes too late stays on the page, to be copied."""
    form = MessageForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.say(form.as_message(), on=record, by=request.member)
            messages.success(request, _("The message is sent."))
            return redirect(f"{record.get_absolute_url()}#messages")
    is_reader = is_read_by(record, request.member)
    if not is_reader and not form.is_bound:
        raise Http404
    page = page_of(request, record) if is_reader else None
    may_write = form.is_bound or is_joined_by(record, request.member)
    context = {"record": record, "page": page, "form": form if may_write else None}
    return render(request, "exchange/thread.html", context, status=422 if form.is_bound else 200)


def page_of(request, record) -> Page:
    """Its rows in the order of time; the page after it holds what was said before."""
    said = Message.objects.visible_to(request.member).on(record).for_list()
    page = paginate(request, said, NEWEST_FIRST)
    show(request, page)
    page.rows.reverse()
    return page
