"""The directory of organisations, and what is said of one. The page of one is in desk."""

from copy import copy

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Organisation, Role, Site
from accounts.organisations import actions
from accounts.organisations.alike import alike
from accounts.organisations.filters import BY_NAME, OrganisationFilter
from accounts.organisations.forms import NewOrganisationForm, SiteForm, form_for
from common.errors import Stale
from common.forms import refusals_in
from common.http import reads, wants_fragment
from common.pagination import MOST_COUNTED, capped_count, paginate


@reads
def organisation_list(request):
    visible = Organisation.objects.visible_to(request.member).for_list()
    filterset = OrganisationFilter(request.GET, visible, request=request)
    context = {
        "page": paginate(request, filterset.qs, BY_NAME),
        "count": capped_count(filterset.qs),
        "most_counted": MOST_COUNTED,
        "filterset": filterset,
        "may_enter": request.member.role == Role.ADMINISTRATOR,
    }
    is_part = wants_fragment(request)
    template = "accounts/_organisations.html" if is_part else "accounts/organisation_list.html"
    return render(request, template, context)


def check_administrates(request) -> None:
    if request.member.role != Role.ADMINISTRATOR:
        raise PermissionDenied


def get_administered(request, pk) -> Organisation:
    """404 for who does not see it, 403 for who sees it and does not run the platform."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.member), pk=pk)
    check_administrates(request)
    return organisation


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_create(request):
    """What is like it is shown first; whoever looked at that creates it all the same."""
    check_administrates(request)
    form = NewOrganisationForm(request.POST or None, member=request.member)
    like_it = []
    if form.is_valid():
        known = Organisation.objects.visible_to(request.member).exclude(pk=form.instance.pk).for_list()
        like_it = [] if "anyway" in request.POST else alike(form.instance, known)
        if not like_it:
            with refusals_in(form):
                organisation = actions.enter(form.instance, by=request.member)
                messages.success(request, _("%(name)s is known here from now on.") % {"name": organisation})
                return redirect(organisation)
    context = {"form": form, "like_it": like_it}
    return render(request, "accounts/organisation_create.html", context, status=422 if form.is_bound else 200)


def get_editable(request, pk) -> Organisation:
    """404 for who does not see it, 403 for who sees it and does not run it."""
    visible = Organisation.objects.visible_to(request.member).select_related("parent")
    organisation = get_object_or_404(visible, pk=pk)
    if not is_edited_by(organisation, request.member):
        raise PermissionDenied
    return organisation


def is_edited_by(organisation, member) -> bool:
    is_own = organisation.pk == member.organisation_id and bool(member.roles_run)
    return is_own or member.role == Role.ADMINISTRATOR


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_change(request, pk):
    organisation = get_editable(request, pk)
    # A copy: the form writes into what it is given, and the verb compares with what was there.
    form_class = form_for(request.member)
    form = form_class(request.POST or None, instance=copy(organisation), member=request.member)
    if form.is_valid():
        with refusals_in(form):
            try:
                actions.change_organisation(organisation, by=request.member, **form.cleaned_data)
            except Stale as stale:
                form = changed_meanwhile(request, stale, form)
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect(organisation)
    context = {"organisation": organisation, "form": form}
    return render(request, "accounts/organisation_change.html", context, status=422 if form.is_bound else 200)


def changed_meanwhile(request, stale, sent):
    """Both texts: what was typed, and beside each field that differs what now stands."""
    now = stale.current
    typed = request.POST.copy()
    typed["expected"] = now.version
    form = type(sent)(typed, instance=copy(now), member=request.member)
    form.add_error(None, _("Someone has just changed this. What now stands is said where it differs."))
    for name in sent.changed_data:
        stands = getattr(now, name, None)
        if name != "expected" and sent.cleaned_data[name] != stands:
            words = getattr(now, f"get_{name}_display", lambda stands=stands: stands)()
            form.add_error(name, _("Now: %(words)s") % {"words": words or "–"})
    return form


@require_http_methods(["GET", "HEAD", "POST"])
def site_save(request, pk):
    """A new place, or with `?site=` another name for one of them."""
    organisation = get_editable(request, pk)
    asked = request.GET.get("site", "")
    if asked and not asked.isdecimal():
        raise Http404
    site = get_object_or_404(organisation.sites, pk=asked) if asked else Site(organisation=organisation)
    form = SiteForm(request.POST or None, instance=site)
    if form.is_valid():
        with refusals_in(form):
            actions.save_site(form.instance, by=request.member)
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect(organisation)
    context = {"organisation": organisation, "form": form, "is_new": site.pk is None}
    return render(request, "accounts/site_form.html", context, status=422 if form.is_bound else 200)
