"""Referring a young person: the need, the partners who answer it, the message, what is shared."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.audit import audited, showing
from common.forms import refusals_in
from partnerships.models import Theme
from referrals.actions import refer
from referrals.forms import LetterForm, ReferForm
from referrals.matching import Match, matches_for
from referrals.models import Referral
from youths.models import Share, Youth

PARTNER, OFFER = "partner", "offer"


@audited
def referral_create(request, pk):
    """Each choice is a parameter of the address, so that going back changes it; only the last page sends."""
    youth = get_youth(request, pk)
    showing(request, "youths.youth", [youth.pk])
    themes = Theme.objects.all()
    theme = next((theme for theme in themes if theme.slug == request.GET.get("need")), None)
    if theme is None:
        return render(request, "referrals/referral_create.html", {"youth": youth, "themes": themes})
    if request.GET.get("by") == "letter":
        return letter(request, youth, theme)
    matches = matches_for(youth, theme, by=request.member)
    chosen = chosen_of(matches, request.GET)
    if chosen is None:
        return choice(request, youth, theme, themes, matches)
    return message(request, youth, theme, chosen)


def get_youth(request, pk) -> Youth:
    if not request.member.is_mission_locale_staff:
        raise Http404
    return get_object_or_404(Youth.objects.visible_to(request.member).select_related("site"), pk=pk)


def chosen_of(matches, query) -> Match | None:
    """The match that the address names, if it still holds."""
    for match in matches:
        named = (str(match.partner.pk), str(match.offer.pk) if match.offer else "")
        if named == (query.get(PARTNER), query.get(OFFER, "")):
            return match
    return None


def choice(request, youth, theme, themes, matches):
    context = {
        "youth": youth,
        "theme": theme,
        "themes": themes,
        "matches": matches,
        "no_longer": PARTNER in request.GET,
        "motive": request.POST.get("motive", "").strip(),
    }
    return render(request, "referrals/referral_choose.html", context)


def message(request, youth, theme, match):
    """The form; with `preview`, what the partner would see; without, sending."""
    draft = Referral(youth=youth, recipient=match.partner, agreement=match.agreement, offer=match.offer)
    if "preview" in request.POST:
        form = ReferForm(referral=draft, initial=typed(request.POST))
        ticked = request.POST.getlist("shared")
    else:
        form = ReferForm(request.POST or None, referral=draft)
        ticked = request.POST.getlist("shared") if form.is_bound else form.fields["shared"].initial
        if form.is_bound and form.is_valid():
            sent = send(request, form, written(draft, form.cleaned_data))
            if sent:
                return redirect(sent)
    allowed = [name for name, label in form.fields["shared"].choices]
    context = {
        "youth": youth,
        "theme": theme,
        "match": match,
        "form": form,
        "preview": Share(youth=youth, fields=[name for name in ticked if name in allowed]).person_shown(),
        "motive": request.POST.get("motive", ""),
    }
    return render(request, "referrals/referral_message.html", context, status=422 if form.errors else 200)


def written(draft, values) -> Referral:
    """The draft of the chosen match, with what the form says."""
    draft.id, draft.fields = values["record_id"], values["shared"]
    for name in ("motive", "urgency", "informed", "shows_accompaniments"):
        setattr(draft, name, values[name])
    return draft


def typed(posted) -> dict:
    """What stands in the form, to be shown again without judging it."""
    return posted.dict() | {"shared": posted.getlist("shared")}


def letter(request, youth, theme):
    form = LetterForm(request.POST or None, member=request.member)
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        referral = Referral(id=values.pop("record_id"), youth=youth, by_letter=True, **values)
        if send(request, form, referral):
            return redirect(reverse("referrals:referral_detail", args=[referral.pk]))
    context = {"youth": youth, "theme": theme, "form": form}
    return render(request, "referrals/referral_letter.html", context, status=422 if form.errors else 200)


def send(request, form, referral) -> Referral | None:
    """None where the form has something to correct."""
    sent = None
    with refusals_in(form):
        sent = refer(referral, by=request.member)
    if sent is None:
        return None
    names = {"partner": sent.recipient}
    if sent.by_letter:
        said = _("The letter to %(partner)s is noted. Write down its answer here when it comes.") % names
    else:
        said = _("The referral is sent: %(partner)s sees it in its list.") % names
    messages.success(request, said)
    return sent
