"""'My youths' and 'the whole structure': one list, its counters, its filters in the address."""

from functools import partial

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.audit import audited, in_use, showing
from common.http import searches, wants_fragment
from common.pagination import paginate
from desk.caseload import (
    SAVED,
    STRUCTURE,
    CaseloadFilter,
    Row,
    as_rows,
    counters,
    is_own_scope,
    narrowed,
    order_of,
    sorting,
)
from desk.exports import CASELOAD, IMPORT_SHEET
from desk.views.parts import Link
from exchange.saved.shown import Views

TYPED = {"q", "referent", "site"}  # in the search form; the address holds what counters and chips choose
WHOLE = "caseload"  # the element that those replace


@audited
@searches
def caseload(request):
    """Reception sees identities only."""
    member, saved = request.member, Views(request, SAVED)
    if saved.opened_with:
        return redirect(saved.opened_with)
    is_mine, filterset = is_own_scope(request), narrowed(request)
    found, load = filterset.qs, partial(as_rows, member=member, typed=request.named)
    page = paginate(request, found, order_of(found, request), load=load)
    used = in_use(filterset.filters, request.asked)
    showing(request, "youths.youth", [youth.pk for youth in page.rows], filters=used)
    context = {
        "rows": [Row(youth, request.named) for youth in page.rows],
        "page": page,
        "is_mine": is_mine,
        "is_narrowed": bool(used),
        "words": request.named,
        "sorting": sorting(request),
        "search_url": address(saved, chosen(request)),
        "clear_url": address(saved, {}),
        "export_url": CASELOAD.url_for(request),
        "sheet_url": IMPORT_SHEET.url_for(request),
    }
    if wants_fragment(request) and request.htmx.target != WHOLE:
        return render(request, "desk/_caseload_results.html", context)
    counted = counters(member, **of_whom(filterset, is_mine)) if member.is_mission_locale_staff else []
    context |= {
        "filterset": filterset,
        "saved": saved,
        "tabs": scope_tabs(saved, is_mine),
        "counters": [counter_link(saved, counter) for counter in counted],
        "chips": [] if is_mine else chips(saved),
    }
    template = "desk/_caseload.html" if wants_fragment(request) else "desk/caseload.html"
    return render(request, template, context)


def of_whom(filterset, is_mine: bool) -> dict:
    """Counters are of the own caseload, or of the referent and the site that the list is of."""
    if is_mine:
        return {"referent": filterset.request.member}
    asked = filterset.form.cleaned_data if filterset.form.is_valid() else {}
    return {name: asked.get(name) for name in ("referent", "site")}


def chosen(request) -> dict:
    """The filter that a counter or a chip set."""
    names = in_use(CaseloadFilter.base_filters.keys() - TYPED, request.asked)
    return {name: request.asked[name] for name in names}


def address(saved: Views, filters: dict) -> str:
    """The same scope with other filters."""
    scope = {"scope": STRUCTURE} if saved.asked.get("scope") == STRUCTURE else {}
    return saved.url({**scope, **filters})


def counter_link(saved: Views, counter) -> dict:
    """A counter opens its list; the one that is open leads back to the whole."""
    name, value = counter.query.split("=")
    current = saved.asked.get(name) == value
    return {
        "id": f"counter-{value if name == 'due' else name}",
        "number": counter.number,
        "label": counter.label,
        "late": counter.late,
        "current": current,
        "href": address(saved, {} if current else {name: value}),
    }


def scope_tabs(saved: Views, is_mine) -> list[Link]:
    if not saved.request.member.is_mission_locale_staff:
        return []
    return [
        Link(_("My youths"), saved.all_url, is_mine),
        Link(_("The whole structure"), saved.url({"scope": STRUCTURE}), not is_mine),
    ]


def chips(saved: Views) -> list[Link]:
    """What no counter says of the whole structure."""
    everybody, is_waiting = address(saved, {}), saved.asked.get("waiting") == "true"
    waiting = address(saved, {"waiting": "true"})
    return [
        Link(_("Everybody"), everybody, not chosen(saved.request), id="chip-everybody"),
        Link(_("Waiting for a follow-up"), waiting, is_waiting, id="chip-waiting"),
    ]
