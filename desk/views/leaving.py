"""A colleague's dates, and letting them go: first what they still hold is given to somebody, then the last day."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.audit import audited, showing
from common.errors import Stale
from common.forms import refusals_in
from common.words import day_words
from exchange.staff.views.staff import get_colleague
from youths.actions import end_membership, hand_over_all, held_by
from youths.forms import DatesForm, EndForm, HandOverAllForm
from youths.posts import change_dates

MOST_NAMED = 50


@require_http_methods(["GET", "HEAD", "POST"])
@audited
def member_end(request, pk):
    """One page, two questions: to whom all their young people go, and, once they hold none, which day is the last."""
    leaver = get_colleague(request, pk)
    held = held_by(leaver)
    named = held[:MOST_NAMED]
    showing(request, "youths.youth", [follow_up.youth_id for follow_up in named])
    ask, answered = (hand_over_form, handed_over) if named else (end_form, ended)
    form = ask(request, leaver)
    if form.is_valid():
        with refusals_in(form):
            answer = answered(request, leaver, **form.cleaned_data)
        if form.is_valid():
            return answer
    context = {"leaver": leaver, "form": form, "named": named, "more": max(0, held.count() - MOST_NAMED)}
    return render(request, "desk/member_end.html", context, status=422 if form.is_bound else 200)


def hand_over_form(request, leaver):
    return HandOverAllForm(request.POST or None, member=request.member, leaver=leaver)


def end_form(request, leaver):
    return EndForm(request.POST or None, leaver=leaver)


def handed_over(request, leaver, *, to, reason):
    number = hand_over_all(leaver, to=to, by=request.member, reason=reason)
    said = ngettext(
        "%(name)s is now the referent of %(count)s young person more.",
        "%(name)s is now the referent of %(count)s young people more.",
        number,
    )
    messages.success(request, said % {"name": to, "count": number})
    return redirect("desk:member_end", leaver.pk)


def ended(request, leaver, *, on):
    end_membership(leaver, on=on, by=request.member)
    messages.success(
        request, _("%(name)s leaves. Last day: %(day)s.") % {"name": leaver, "day": day_words(on)}
    )
    return redirect("exchange:staff_list")


@require_http_methods(["GET", "HEAD", "POST"])
def member_dates(request, pk):
    """From when to when somebody is in post; what ends sooner asks first for a hand-over."""
    colleague = get_colleague(request, pk)
    form = DatesForm(request.POST or None, member=colleague)
    if form.is_valid():
        with refusals_in(form):
            try:
                change_dates(colleague, by=request.member, **form.cleaned_data)
            except Stale as stale:
                form = dated_meanwhile(request, stale)
        if form.is_valid():
            messages.success(request, _("Saved."))
            return redirect("exchange:staff_list")
    context = {"colleague": colleague, "form": form}
    return render(request, "desk/member_dates.html", context, status=422 if form.is_bound else 200)


def dated_meanwhile(request, stale) -> DatesForm:
    """Both: what was typed, and what now stands; the next click is about the latter."""
    now = stale.current
    typed = request.POST.copy()
    typed["expected"] = now.version
    form = DatesForm(typed, member=now)
    words = {"first": day_words(now.starts_on), "last": day_words(now.ends_on) if now.ends_on else "–"}
    form.add_error(
        None, _("Someone has just changed this. It now says: from %(first)s, until %(last)s.") % words
    )
    return form
