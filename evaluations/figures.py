"""Counting a year of an agreement, and freezing what was counted."""

import datetime
import hashlib
import json

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, QuerySet

from evaluations.indicators import INDICATORS, Indicator, Unit
from evaluations.models import Evaluation
from evaluations.parts import Period
from evaluations.suppression import BETWEEN_PARTIES, beyond, suppressed, total_shown
from referrals.models import Referral
from youths.models import Accompaniment, Participation
from youths.models.choices import Audience

FORMAT = 1
A_DAY = datetime.timedelta(days=1)
ABOUT_PEOPLE = {indicator.key for indicator in INDICATORS if indicator.about_people}


def freeze(agreement, year: int, first: datetime.date, last: datetime.date) -> dict:
    """Everything the evaluation will ever show, as JSON holds it. Small counts of people are not even stored."""
    earlier = Evaluation.objects.filter(agreement=agreement, number=year - 1).first()
    return {
        "format": FORMAT,
        "agreement": described(agreement),
        "parties": parties_of(agreement),
        "year": year,
        "period": {"first": first.isoformat(), "last": last.isoformat()},
        "indicators": counted(agreement, Period(first, last)),
        "practices": practices_of(agreement),
        "earlier": only_totals(earlier.figures) if earlier else None,
    }


def digest_of(figures: dict) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(figures, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def described(agreement) -> dict:
    return {
        "id": str(agreement.pk),
        "kind": agreement.kind,
        "title": agreement.title,
        "reference": agreement.reference,
        "purpose": agreement.purpose,
        "fields_of_action": list(agreement.fields_of_action),
        "signed_on": agreement.signed_on.isoformat(),
        "starts_on": agreement.starts_on.isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
    }


def parties_of(agreement) -> list[dict]:
    parties = agreement.parties.select_related("organisation", "contact__user").prefetch_related(
        "signatories"
    )
    return [
        {
            "name": party.organisation.name,
            "kind": party.organisation.kind,
            "contact": str(party.contact) if party.contact else "",
            "signatories": [
                {"name": s.name, "capacity": s.capacity} for s in party.signatories.all() if s.signed_on
            ],
        }
        for party in parties
    ]


def practices_of(agreement) -> list[dict]:
    names = ("field", "how", "who", "state", "adjustment")
    return list(agreement.practices.order_by("field", "pk").values(*names))


def only_totals(figures: dict) -> dict:
    """What the next year compares itself with: single figures, and tables of acts added up."""
    singles = {
        key: {**entry, "value": total_of(entry["value"])}
        for key, entry in figures["indicators"].items()
        if key not in ABOUT_PEOPLE
    }
    return {"year": figures["year"], "period": figures["period"], "indicators": singles}


def total_of(value):
    return sum(count for _part, count in value) if isinstance(value, list) else value


# Counting.


def sent_within(agreement, period: Period) -> QuerySet:
    start, end = period.moments
    return Referral.objects.filter(agreement=agreement, sent_at__gte=start, sent_at__lt=end)


def counted(agreement, period: Period) -> dict:
    """Each indicator's key with the version of its definition and its value."""
    referrals = sent_within(agreement, period)
    values = counted_at_once(referrals, period)
    values["answer_days"] = median_answer_days(referrals)
    values["referrals_by_theme"] = by_theme(referrals)
    values["shared_contacts"] = shared_contacts(referrals, period)
    return {i.key: {"version": i.version, **shown(i, values)} for i in INDICATORS}


def shown(indicator: Indicator, values: dict) -> dict:
    """A value as the parties may see it, and as others may where that is less."""
    value = values[indicator.key]
    if indicator.key == "people":
        return {"value": value, "beyond": total_shown(value)}
    if not indicator.about_people:
        return {"value": value}
    parts, cells = zip(*value, strict=True)
    between, outside = suppressed(cells, BETWEEN_PARTIES), beyond(cells)
    return {"value": table(parts, between), "beyond": table(parts, outside)}


def table(parts, cells) -> list[list]:
    return [[part, count] for part, count in zip(parts, cells, strict=True)]


def counted_at_once(referrals: QuerySet, period: Period) -> dict:
    """All that can be counted by conditions, in one statement."""
    counts: dict[str, Count] = {}
    names: dict[str, dict[str, str]] = {}
    for indicator in INDICATORS:
        if indicator.parts:
            names[indicator.key] = {}
            for i, (part, condition) in enumerate(indicator.parts(period).items()):
                name = f"{indicator.key}_{i}"
                counts[name] = how_many(indicator, condition)
                names[indicator.key][part] = name
    found = referrals.aggregate(**counts)
    return {
        indicator.key: [[part, found[name]] for part, name in names[indicator.key].items()]
        if indicator.is_table
        else found[names[indicator.key][""]]
        for indicator in INDICATORS
        if indicator.parts
    }


def how_many(indicator: Indicator, condition) -> Count:
    people = indicator.unit == Unit.PEOPLE
    return Count("youth" if people else "pk", distinct=people, filter=condition or None)


def median_answer_days(referrals: QuerySet) -> float | None:
    """In days of 24 hours, to one decimal; None without an answer."""
    wait = ExpressionWrapper(F("answered_at") - F("sent_at"), output_field=DurationField())
    answered = referrals.filter(answered_at__isnull=False).annotate(wait=wait)
    count = answered.count()
    if not count:
        return None
    lower = (count - 1) // 2
    middle = answered.order_by("wait", "pk").values_list("wait", flat=True)[lower : count // 2 + 1]
    return round(sum(middle, datetime.timedelta()) / len(middle) / A_DAY, 1)


def by_theme(referrals: QuerySet) -> list[list]:
    """Most frequent first; an empty name stands for referrals without an offer."""
    rows = referrals.values("offer__theme__name").annotate(count=Count("pk"))
    return [
        [row["offer__theme__name"] or "", row["count"]]
        for row in rows.order_by(F("count").desc(), "offer__theme__name")
    ]


def shared_contacts(referrals: QuerySet, period: Period) -> list[list]:
    """By organisation that noted them, most first."""
    start, end = period.moments
    people = Participation.objects.filter(accompaniment=OuterRef("pk"), youth__in=referrals.values("youth"))
    sides = Referral.objects.filter(pk__in=referrals.values("pk"))
    shared = Accompaniment.objects.filter(
        Exists(people),
        Exists(sides.filter(sender=OuterRef("organisation")))
        | Exists(sides.filter(recipient=OuterRef("organisation"))),
        audience__in=[Audience.SHARED, Audience.PARTNER],
        made=True,
        happened_at__gte=start,
        happened_at__lt=end,
    )
    rows = shared.values("organisation__name").annotate(count=Count("pk"))
    return [
        [row["organisation__name"], row["count"]]
        for row in rows.order_by(F("count").desc(), "organisation__name")
    ]
