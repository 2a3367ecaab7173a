"""All that happened with one young person, as one list: the newest first, page by page.

One UNION of what the reader may see, as (kind, moment, id), finds which entries a page holds; each
kind is then loaded by its own query. So page fifty costs what page one costs, whatever the kinds.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import CharField, Exists, F, Model, OuterRef, QuerySet, TextChoices, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.prepared import ForReader
from common.pagination import BadCursor, beyond, sealed, unsealed
from common.words import machine_moment, moment_words
from referrals.models import Referral
from referrals.workflow import Status
from youths.models import Accompaniment, FollowUp, PassedNote, ReferentAssignment, Share
from youths.models.choices import Audience

PAGE = 20
ORDER = ("-moment", "-key", "entry_kind")  # a referral may be sent and answered at one moment


class Shown(TextChoices):
    """What the reader wants to see of it."""

    CONTACTS = "contacts", gettext_lazy("Contacts")
    REFERRALS = "referrals", gettext_lazy("Referrals")
    REFERENT = "referent", gettext_lazy("Referent")


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, in the words of components/timeline_item.html."""

    kind: str
    moment: str
    datetime: str
    title: str
    badge: str = ""
    tone: str = "mute"
    text: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class Branch:
    """A kind of entry: which rows the reader may see, when they happened, how they read."""

    model: type[Model]
    shown: Shown
    visible: Callable[..., QuerySet]
    moment: str
    words: Callable[..., dict]


@dataclass(frozen=True)
class Position:
    """A row of the UNION."""

    entry_kind: str
    moment: datetime.datetime
    key: str

    @property
    def pk(self):
        return BRANCHES[self.entry_kind].model._meta.pk.to_python(self.key)


def timeline(youth, *, reader, shown: str = "", cursor: str | None = None):
    """The entries of one page and the cursor of the next one, None at the end."""
    try:
        position = unsealed(cursor, ORDER, reader.pk)[1] if cursor else None
    except BadCursor:
        position = None
    if position is None:
        rows = first_positions.rows(reader, shown, youth=youth.pk)
    else:
        rows = list(positions(reader, shown, youth.pk, after=position))
    found = [Position(*row) for row in rows]
    page = found[:PAGE]
    following = sealed(False, page[-1], ORDER, reader.pk) if len(found) > PAGE else None
    return list(entries(page, youth, reader)), following


@ForReader
def first_positions(reader, shown: str, *, youth) -> QuerySet:
    return positions(reader, shown, youth)


def positions(reader, shown: str, youth, after: list | None = None) -> QuerySet:
    """Where the entries of a page stand, and the one that follows; `after` bounds them to what comes below a page."""
    parts = [
        positions_of(name, branch.visible(youth, reader), branch.moment, after)
        for name, branch in BRANCHES.items()
        if not shown or branch.shown == shown
    ]
    union = reduce(lambda one, other: one.union(other, all=True), parts)
    # SQLite refuses branches that are ordered or sliced: the whole is.
    return union.order_by(*ORDER)[: PAGE + 1]


def positions_of(name, visible: QuerySet, moment: str, after) -> QuerySet:
    rows = visible.filter(**{f"{moment}__isnull": False})
    rows = rows.order_by().annotate(
        entry_kind=Value(name, output_field=CharField()),
        moment=F(moment),
        key=Cast("pk", CharField()),
    )
    if after:
        rows = rows.filter(beyond(ORDER, after))
    return rows.values_list("entry_kind", "moment", "key")


def entries(page: list[Position], youth, reader) -> Iterable[Entry]:
    """The rows of a page, one query a kind, in the page's order."""
    loaded: dict[tuple[str, Any], Any] = {}
    for name in {position.entry_kind for position in page}:
        pks = [position.pk for position in page if position.entry_kind == name]
        # As many as a page may have, whatever it has: the query is written once.
        padded = {f"pk_{n}": pks[min(n, len(pks) - 1)] for n in range(PAGE)}
        loaded |= {(name, row.pk): row for row in entries_of.rows(reader, name, youth=youth.pk, **padded)}
    for position in page:
        row = loaded.get((position.entry_kind, position.pk))
        if row is None:  # closed to the reader since its position was read
            continue
        words = BRANCHES[position.entry_kind].words(row, reader)
        yield Entry(moment=moment_words(position.moment), datetime=machine_moment(position.moment), **words)


@ForReader
def entries_of(reader, name: str, *, youth, **pks) -> QuerySet:
    return BRANCHES[name].visible(youth, reader).filter(pk__in=pks.values())


# Which rows, and what they say.


def contacts(youth, reader):
    others = Share.objects.filter(youth=youth, closed_at=None).exclude(organisation=OuterRef("organisation"))
    return (
        Accompaniment.objects.of_own_files(reader)
        .filter(youths=youth)
        .annotate(
            may_be_passed_on=Exists(others),
            is_passed_on=Exists(PassedNote.objects.filter(accompaniment=OuterRef("pk"))),
        )
        .select_related("author__user", "organisation")
    )


def contact_words(contact, reader) -> dict:
    parts = [contact.get_kind_display() if contact.made else contact.label]
    if contact.minutes:
        parts.append(_("%(minutes)s min") % {"minutes": contact.minutes})
    parts.append(str(contact.author))
    if contact.organisation_id != reader.organisation_id:
        parts.append(str(contact.organisation))
    return {
        "kind": "contact" if contact.made else "quiet",
        "title": " · ".join(parts),
        "text": contact.text,
        "badge": audience_words(contact),
        "tone": "mute" if contact.audience == Audience.TEAM else "info",
        **passing_link(contact),
    }


def audience_words(contact) -> str:
    match contact.audience:
        case Audience.STRUCTURE:
            return ""
        case Audience.PARTNER:
            return _("From a partner, passed on") if contact.is_passed_on else _("From a partner")
    return contact.get_audience_display()


def passing_link(contact) -> dict:
    if contact.audience != Audience.PARTNER or not (contact.may_be_passed_on or contact.is_passed_on):
        return {}
    return {"href": reverse("youths:note_readers", args=[contact.pk]), "link": _("Who else may read it")}


def referrals(youth, reader):
    return Referral.objects.visible_to(reader).filter(youth=youth).select_related("recipient", "agreement")


def referral_link(referral) -> dict:
    return {"kind": "referral", "href": referral.get_absolute_url(), "link": _("See the referral")}


def sent_words(referral, reader) -> dict:
    title = _("Referred to %(partner)s") % {"partner": referral.recipient}
    under = _("By letter") if referral.by_letter else str(referral.agreement)
    cancelled = referral.status == Status.CANCELLED
    return {
        **referral_link(referral),
        "title": title,
        "text": f"{under} · {referral.motive}",
        "badge": pgettext("of one referral", "Cancelled")
        if cancelled
        else pgettext("of one referral", "Sent"),
        "tone": "mute" if cancelled else "violet",
    }


def answered_words(referral, reader) -> dict:
    if referral.status == Status.DECLINED:
        title = _("%(partner)s declined the referral")
        reasons = [referral.get_decline_reason_display(), referral.answer_note]
        words = {
            "badge": pgettext("of one referral", "Declined"),
            "tone": "bad",
            "text": " · ".join(part for part in reasons if part),
        }
    else:
        title = _("%(partner)s accepted the referral")
        words = {"badge": pgettext("of one referral", "Accepted"), "tone": "ok", "text": referral.answer_note}
    return {**referral_link(referral), "title": title % {"partner": referral.recipient}, **words}


def ended_words(referral, reader) -> dict:
    title = _("The work with %(partner)s has ended") % {"partner": referral.recipient}
    parts = [referral.get_outcome_display(), referral.outcome_note]
    tone = "warn" if referral.status == Status.STOPPED else "ok"
    text = " · ".join(part for part in parts if part)
    return {
        **referral_link(referral),
        "title": title,
        "text": text,
        "badge": referral.wording(reader),
        "tone": tone,
    }


def assignments(youth, reader):
    mine = FollowUp.objects.visible_to(reader).filter(youth=youth)
    return ReferentAssignment.objects.filter(follow_up__in=mine).select_related("referent__user", "by__user")


def assignment_words(assignment, reader) -> dict:
    title = _("%(name)s becomes the referent") % {"name": assignment.referent}
    return {
        "kind": "quiet",
        "title": title,
        "text": assignment.reason,
        "badge": _("Referent"),
        "tone": "violet",
    }


def follow_ups(youth, reader):
    return FollowUp.objects.visible_to(reader).filter(youth=youth)


def closing_words(follow_up, reader) -> dict:
    return {"kind": "quiet", "title": _("The follow-up ends"), "text": follow_up.closing_reason}


BRANCHES = {
    "contact": Branch(Accompaniment, Shown.CONTACTS, contacts, "happened_at", contact_words),
    "referral_sent": Branch(Referral, Shown.REFERRALS, referrals, "sent_at", sent_words),
    "referral_answered": Branch(Referral, Shown.REFERRALS, referrals, "answered_at", answered_words),
    "referral_ended": Branch(Referral, Shown.REFERRALS, referrals, "ended_at", ended_words),
    "referent_named": Branch(ReferentAssignment, Shown.REFERENT, assignments, "starts_at", assignment_words),
    "follow_up_closed": Branch(FollowUp, Shown.REFERENT, follow_ups, "closed_at", closing_words),
}
