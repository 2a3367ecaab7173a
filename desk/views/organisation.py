"""One organisation: what is said of it, who works there, what it promised and offers. Closing and opening it."""

from django.contrib import messages
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Organisation, Role
from accounts.organisations.actions import reopen
from accounts.organisations.views import get_administered, is_edited_by
from common.errors import DomainError
from common.forms import refusals_in
from common.http import reads
from desk.organisations import held_by_organisation, invited_to, people_of, work_of
from exchange.staff.actions import first_role
from youths.posts import close_organisation


def get_organisation(request, pk) -> Organisation:
    """Absent and forbidden look the same from outside: 404."""
    visible = Organisation.objects.visible_to(request.member)
    return get_object_or_404(visible.select_related("parent").prefetch_related("sites"), pk=pk)


@reads
def organisation_page(request, pk):
    organisation, member = get_organisation(request, pk), request.member
    is_administrator = member.role == Role.ADMINISTRATOR
    context = {
        "organisation": organisation,
        "badge": badge(organisation),
        "facts": facts(organisation),
        "is_edited": is_edited_by(organisation, member),
        "is_administrator": is_administrator,
        "first_role": first_role(organisation) if is_administrator else "",
        "invited": invited_to(organisation, member),
        **people_of(organisation, member),
        **work_of(organisation, member),
    }
    return render(request, "desk/organisation_page.html", context)


def badge(organisation) -> str:
    if not organisation.is_active:
        return pgettext("of an organisation", "Closed")
    return _("Sensitive name") if organisation.is_sensitive else ""


def facts(organisation) -> list[tuple]:
    return [
        (_("Level"), organisation.get_level_display()),
        (_("Address"), organisation.address),
        (_("Municipality"), organisation.commune),
        (capfirst(_("INSEE code")), organisation.commune_insee),
        (_("Region"), organisation.region),
        (_("Telephone"), organisation.phone),
        (_("E-mail address"), organisation.email),
        ("SIRET", organisation.siret),
        (_("Short name"), organisation.short_name),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_close(request, pk):
    """What still hangs on it is shown first."""
    organisation = get_administered(request, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            close_organisation(organisation, by=request.member)
            messages.success(request, _("%(name)s is closed.") % {"name": organisation})
            return redirect(organisation)
    held = held_by_organisation(organisation)
    context = {"organisation": organisation, "form": form, "held": held, "is_held": any(held.values())}
    return render(request, "desk/organisation_close.html", context, status=422 if form.is_bound else 200)


@require_POST
def organisation_reopen(request, pk):
    organisation = get_administered(request, pk)
    try:
        reopen(organisation, by=request.member)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is open again.") % {"name": organisation})
    return redirect(organisation)
