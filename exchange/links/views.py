"""Opening a personal link, and what its pages share. Opening acts on nothing: programs that scan mail do it too."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import audited, showing
from common.errors import DomainError
from common.forms import refusals_in
from common.http import reads
from exchange.links import codes
from exchange.links.forms import CodeForm, LinkForm
from exchange.links.models import Closed, LinkCode, PersonalLink
from exchange.links.purposes import Purpose

OPENED = "links"  # in the session: ids of the links whose secret was shown here
PROVEN = "links_proven"  # and of those, the ones whose code was typed here, too
MOST_OPENED = 5


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_open(request):
    """Where each link of a mail leads. Its secret comes by POST alone, so that it stands in no log and no Referer."""
    form = LinkForm(request.POST or None, request=request)
    if form.is_valid():
        opened = [pk for pk in request.session.get(OPENED, []) if pk != str(form.link.pk)]
        request.session[OPENED] = [*opened, str(form.link.pk)][-MOST_OPENED:]
        return redirect(form.link)
    return render(request, "exchange/link_open.html", {"form": form}, status=422 if form.is_bound else 200)


def by_link(purpose: Purpose):
    """A page for whoever opened such a link in this browser. Each look is written down; who did not gets a 404."""

    def decorated(view):
        @login_not_required
        @require_http_methods(["GET", "HEAD", "POST"])
        @audited
        @wraps(view)
        def wrapper(request, pk):
            link = opened_here(request, pk)
            if link.purpose != purpose.name:
                raise Http404
            if because := link.closed_because:
                return render(request, "exchange/link_closed.html", {"because": because}, status=410)
            if link.kind.code and str(pk) not in request.session.get(PROVEN, []):
                return redirect("exchange:link_code", pk)
            return view(request, link)

        return wrapper

    return decorated


def opened_here(request, pk) -> PersonalLink:
    """404 for who has not shown its secret in this browser."""
    link = PersonalLink.objects.filter(pk=pk).first()
    if link is None or str(pk) not in request.session.get(OPENED, []):
        raise Http404
    showing(request, link._meta.label_lower, [link.pk])
    return link


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@audited
def link_code(request, pk):
    """Takes the code that some purposes ask for; sending one is a button beside."""
    link = opened_here(request, pk)
    form = CodeForm(request.POST or None)
    if form.is_valid() and is_proven(request, link, form):
        return redirect(link)
    link.refresh_from_db()
    if because := link.closed_because or ("" if link.kind.code else Closed.VOID):
        return render(request, "exchange/link_closed.html", {"because": because}, status=410)
    code = LinkCode.objects.filter(link=link, spent_at=None).first()
    context = {"link": link, "form": form, "code": code}
    return render(request, "exchange/link_code.html", context, status=422 if form.is_bound else 200)


def is_proven(request, link, form) -> bool:
    with refusals_in(form):
        if not codes.is_right(link, form.cleaned_data["code"]):
            form.add_error("code", codes.left_words(link))
    if form.is_valid():
        proven = [one for one in request.session.get(PROVEN, []) if one != str(link.pk)]
        request.session[PROVEN] = [*proven, str(link.pk)][-MOST_OPENED:]
    return form.is_valid()


@login_not_required
@require_POST
@audited
def link_code_send(request, pk):
    link = opened_here(request, pk)
    try:
        codes.send_code(link)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A code is on its way to you."))
    return redirect("exchange:link_code", pk)


@reads
def link_blocked(request, pk):
    """For who sent it: why it serves no more."""
    link = get_object_or_404(PersonalLink.objects.filter(blocked_at__isnull=False), pk=pk)
    if link.kind.sender(link.subject) != request.member:
        raise Http404
    return render(request, "exchange/link_blocked.html", {"link": link})
