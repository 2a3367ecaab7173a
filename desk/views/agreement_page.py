"""One agreement with what was done under it."""

from collections import defaultdict

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.steps import steps_open_to
from common.http import reads
from evaluations.queries import of_agreement
from exchange.documents.carrier import is_written_by
from exchange.documents.views import listed
from partnerships.forms import step_form
from partnerships.life_cycle import LifeCycle
from partnerships.models import Agreement, FieldOfAction, Party, Phase, ServiceOffer
from partnerships.workflow import STEPS
from referrals.matching import places_left, with_open_referrals
from referrals.models import Referral
from youths.models import SHAREABLE

FEWEST_PEOPLE = 11  # of which an outsider to the agreement is told the number
PRACTICE_TONES = {"applied": "ok", "partly": "warn", "not_applied": "bad", "": "mute"}


@reads
def agreement_page(request, pk):
    member = request.member
    agreement = get_object_or_404(Agreement.objects.visible_to(member).for_detail(), pk=pk)
    parties = list(agreement.parties.all())
    is_party = member.organisation_id in {party.organisation_id for party in parties}
    figures = Referral.objects.figures_of(agreement)
    context = {
        "agreement": agreement,
        "cycle": LifeCycle(agreement),
        "parties": parties,
        "themes": referents_by_theme(agreement),
        "practices": practices_by_field(agreement),
        "offers": offers_of(parties),
        **around(agreement, member),
        "below": below(agreement, member),
        "figures": figures,
        "is_party": is_party,
        "people_told": is_party or figures.people >= FEWEST_PEOPLE,
        "fewest_people": FEWEST_PEOPLE,
        "evaluations": of_agreement(agreement, member),
        "documents": listed(member, agreement),
        "add_document_url": add_document_url(agreement, member),
        "steps": steps_of(agreement, member),
        "shared_fields": [SHAREABLE[name] for name in agreement.shared_fields if name in SHAREABLE],
    }
    return render(request, "desk/agreement_page.html", context)


def add_document_url(agreement, member) -> str:
    is_writer = is_written_by(agreement, member)
    return reverse("partnerships:document_create", args=[agreement.pk]) if is_writer else ""


def steps_of(agreement, member) -> list[dict]:
    """What the reader may do now; a signature only while one of its own side is missing."""
    found = []
    names = set(steps_open_to(agreement, member))
    if LifeCycle(agreement).phase == Phase.EXPIRED:
        names.discard("denounce")  # it has ended already
    for name in names:
        form = step_form(name, agreement, member)
        if name != "sign" or form.fields["signatory"].queryset.exists():
            found.append({"name": name, "step": STEPS[name], "form": form})
    return sorted(found, key=lambda step: (step["name"] != "denounce", step["name"]))


def referents_by_theme(agreement) -> list[tuple]:
    """Each theme of the agreement with those who answer for it, on every side."""
    referents = defaultdict(list)
    for row in agreement.theme_referents.all():
        referents[row.theme].append(row.member)
    for theme in agreement.themes.all():
        referents[theme] += []
    return sorted(referents.items(), key=lambda pair: pair[0].name)


def practices_by_field(agreement) -> list[tuple]:
    """The fields of action in their order, each with its practices and the tone of their state."""
    found = defaultdict(list)
    for practice in agreement.practices.all():
        found[practice.field].append((practice, PRACTICE_TONES[practice.state]))
    named = {*agreement.fields_of_action, *found}
    return [(field.label, found[field]) for field in FieldOfAction if field in named]


def offers_of(parties) -> list[tuple]:
    """Open offers of the parties, each with the places it has left."""
    organisations = [party.organisation_id for party in parties]
    offers = with_open_referrals(ServiceOffer.objects.open()).filter(organisation__in=organisations)
    return [(offer, places_left(offer)) for offer in offers]


def around(agreement, member) -> dict[str, Agreement | None]:
    """What this agreement implements and what it follows, where the reader sees them."""
    named = [pk for pk in (agreement.implements_id, agreement.succeeds_id) if pk]
    seen = Agreement.objects.visible_to(member).in_bulk(named) if named else {}
    return {"above": seen.get(agreement.implements_id), "before": seen.get(agreement.succeeds_id)}


def below(agreement, member) -> list[Agreement]:
    """What implements this agreement, those that the reader sees, first those in which it takes part."""
    own = Exists(Party.objects.filter(agreement=OuterRef("pk"), organisation=member.organisation_id))
    found = Agreement.objects.visible_to(member).filter(implements=agreement).annotate(is_own=own)
    return list(found.order_by("-is_own", "title", "pk")[:20])
