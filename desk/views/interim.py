"""The proposal of an interim accord: with whom, then what may be shared."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.forms import refusals_in
from common.http import wants_fragment
from partnerships.actions import propose_interim
from partnerships.forms import InterimForm, PartnerPickForm
from youths.models import SHAREABLE

MOST = 8  # partners offered at once, of a directory that may hold thousands


@require_http_methods(["GET", "HEAD", "POST"])
def interim_create(request):
    """A director or a lead agent proposes; the partner's lead confirms by signing."""
    member = request.member
    if not (member.is_director or member.reads_as == "lead"):
        raise PermissionDenied
    picked = PartnerPickForm(request.POST or request.GET, member=member)
    picked.is_valid()
    partner = picked.cleaned_data.get("partner")
    if partner is None:
        template = "desk/_interim_partners.html" if wants_fragment(request) else "desk/interim_partner.html"
        return render(request, template, {"form": picked, "found": picked.found(MOST), "most": MOST})
    form = InterimForm(request.POST or None, shareable=list(SHAREABLE.items()))
    if form.is_valid():
        with refusals_in(form):
            agreement = propose_interim(by=member, partner=partner, **form.cleaned_data)
            said = _("The accord is proposed: it is in force as soon as %(partner)s confirms it.")
            messages.success(request, said % {"partner": partner})
            return redirect(agreement)
    context = {"form": form, "partner": partner}
    return render(request, "desk/interim_create.html", context, status=422 if form.errors else 200)
