"""Keeping, opening, changing and deleting a view of a list."""

from copy import copy

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import DomainError, Stale
from common.forms import refusals_in
from common.http import reads
from exchange.saved import actions
from exchange.saved.forms import ChangedViewForm, NewViewForm
from exchange.saved.lists import LISTS
from exchange.saved.models import SavedView
from exchange.saved.shown import address_of


def get_view(request, pk) -> SavedView:
    """Absent and forbidden look the same from outside: 404. So does one of a list that is no longer there."""
    visible = SavedView.objects.visible_to(request.member).filter(listing__in=LISTS)
    return get_object_or_404(visible.for_list(request.member).select_related("author__user"), pk=pk)


@reads
def saved_view_open(request, pk):
    """Leads to its list. Filters stand in its address only where this reader may choose them."""
    view = get_view(request, pk)
    return redirect(address_of(view, LISTS[view.listing], request))


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_create(request):
    """The filters come in the address, as the list had them."""
    listing = LISTS.get(request.GET.get("list", ""))
    if listing is None:
        raise Http404
    filters = listing.usable(listing.asked(request.GET), request)
    view = SavedView(listing=listing.key, filters=filters)
    form = NewViewForm(request.POST or None, instance=view, member=request.member)
    if form.is_valid():
        with refusals_in(form):
            stored = kept(form, by=request.member)
            messages.success(request, _("The view “%(name)s” is kept.") % {"name": stored})
            return redirect(stored)
    context = {"listing": listing, "form": form, "words": listing.words(filters, request)}
    context["back_url"] = listing.url(filters)
    return render(request, "exchange/saved_view_create.html", context, status=422 if form.is_bound else 200)


def kept(form: NewViewForm, *, by) -> SavedView:
    is_default, view = form.cleaned_data["is_default"], form.instance
    if form.replaced is None:
        return actions.save_view(view, by=by, is_default=is_default)
    actions.change_view(form.replaced, by=by, is_default=is_default, filters=view.filters)
    return form.replaced


@require_http_methods(["GET", "HEAD", "POST"])
def saved_view_change(request, pk):
    """Its name, who sees it, whether it opens the list; deleting it."""
    view = get_view(request, pk)
    listing = LISTS[view.listing]
    form = form_for(request, view, request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            try:
                actions.change_view(view, by=request.member, **form.cleaned_data)
            except Stale as stale:
                form = changed_meanwhile(request, stale)
            if form.is_valid():
                messages.success(request, _("Saved."))
                return redirect(view)
    return render(
        request,
        "exchange/saved_view_change.html",
        {
            "view": view,
            "listing": listing,
            "form": form,
            "may_change": view.is_changed_by(request.member),
            "is_own": view.author_id == request.member.pk,
            "words": listing.words(listing.usable(view.filters, request), request),
        },
        status=422 if form.is_bound else 200,
    )


def form_for(request, view, typed) -> ChangedViewForm:
    """Of a copy: the form writes into what it is given, and the verb compares with what was there."""
    initial = {"is_default": getattr(view, "is_default", False)}
    return ChangedViewForm(typed, instance=copy(view), member=request.member, initial=initial)


def changed_meanwhile(request, stale) -> ChangedViewForm:
    """Both texts: what was typed, and what now stands; the next click is about the latter."""
    typed = request.POST.copy()
    typed["expected"] = stale.current.version
    form = form_for(request, stale.current, typed)
    words = _("Someone has just changed this. It now says: %(words)s.") % {"words": stale.current.name}
    form.add_error(None, words)
    return form


@require_POST
def saved_view_delete(request, pk):
    view = get_view(request, pk)
    try:
        actions.delete_view(view, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("exchange:saved_view_change", pk=pk)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view})
    return redirect(LISTS[view.listing].url())
