"""Each agreement from its first draft to its signatures, step by step and through the real verbs."""

import datetime
import random

from accounts import changes
from common import clock
from demonstration.charter import PRACTICES
from demonstration.documents import put_on
from demonstration.story import Strand, World, office_hour, workday
from demonstration.texts_of_agreements import CHARTER, OTHERS, SHARED, Side, Text
from evaluations.actions import ask_for_report, open_evaluation
from partnerships.actions import propose_interim
from partnerships.models import Adhesion, Agreement, Party, Practice, Signatory, ThemeReferent
from partnerships.models.choices import Paper, Readers

DRAFTED, OPENED, SUBMITTED, FIRST_SIGNED = 120, 90, 14, 5  # days before the last signature
WEEKS_SINCE_ANNIVERSARY = datetime.timedelta(weeks=6)


def charter_signed_on(world: World) -> datetime.date:
    """A year and some weeks ago, so that the first year is over and evaluated."""
    return workday(clock.months_after(world.today - WEEKS_SINCE_ANNIVERSARY, -12))


def agreements(world: World) -> list[Strand]:
    strands = [negotiate(world, CHARTER, charter_signed_on(world)), assess_and_evaluate(world)]
    strands += [negotiate(world, text, world.ago(text.signed)) for text in OTHERS]
    return [*strands, interim_accord(world)]


def negotiate(world: World, text: Text, last_day: datetime.date) -> Strand:
    """Draft, build together, submit, sign; the story stops at the state that the text has reached."""
    chance = random.Random(text.key)
    lead = world.heads[text.lead or text.sides[0].organisation]

    def before(days):
        return office_hour(last_day - datetime.timedelta(days=days), chance)

    yield before(DRAFTED if text.reaches != "draft" else 0)
    agreement = world.agreements[text.key] = draft(world, text, by=lead)
    if text.reaches == "draft":
        return
    yield before(OPENED)
    agreement.open(by=lead)
    if text.reaches == "co_construction":
        return
    yield before(SUBMITTED)
    agreement.submit(by=lead)
    for days, side in zip(range(FIRST_SIGNED, 0, -1), text.sides, strict=False):
        is_last = side is text.sides[-1]
        if is_last and text.reaches == "to_sign":
            return
        yield before(0 if is_last else days)
        by = world.heads[side.organisation]
        agreement.refresh_from_db()
        agreement.sign(by=by, signatory=agreement.signatories.get(name=side.signatory), how=side.how)
    for short_name, days in text.adhesions:
        yield office_hour(world.ago(days), chance)
        adhere(world, agreement, short_name)


def draft(world: World, text: Text, *, by) -> Agreement:
    agreement = Agreement(
        kind=text.kind,
        level=text.level,
        lead_organisation=by.organisation,
        implements=world.agreements.get(text.implements),
        title=text.title,
        reference=text.reference,
        purpose=text.purpose,
        fields_of_action=list(text.fields_of_action),
        term_months=text.term_months,
        shared_fields=SHARED,
    )
    changes.create(agreement, by=by)
    agreement.themes.set(world.themes[slug] for slug in text.themes)
    for order, side in enumerate(text.sides, start=1):
        bind(world, agreement, side, order)
    for slug, address in text.theme_referents:
        ThemeReferent.objects.create(
            agreement=agreement, theme=world.themes[slug], member=world.members[address]
        )
    if text is CHARTER:
        for field, how, who, _state, _adjustment in PRACTICES:
            Practice.objects.create(agreement=agreement, field=field, how=how, who=who)
    return agreement


def bind(world: World, agreement: Agreement, side: Side, order: int) -> None:
    party = Party.objects.create(
        agreement=agreement,
        organisation=world.organisations[side.organisation],
        contact=world.members.get(side.contact) or world.heads.get(side.organisation),
    )
    party.sites.set(world.sites[key] for key in side.sites)
    Signatory.objects.create(
        agreement=agreement, party=party, name=side.signatory, capacity=side.capacity, order=order
    )


def adhere(world: World, agreement: Agreement, short_name: str) -> None:
    organisation = world.organisations[short_name]
    party = agreement.parties.get(organisation=organisation.parent)
    adhesion = Adhesion(party=party, organisation=organisation, starts_on=clock.today())
    adhesion.full_clean()
    adhesion.save()


def assess_and_evaluate(world: World) -> Strand:
    """After the first year both sides look at each practice; the direction opens and publishes the evaluation."""
    chance = random.Random("evaluation")
    director = world.heads["ml-marseille"]
    anniversary = clock.months_after(charter_signed_on(world), 12)
    yield office_hour(anniversary + datetime.timedelta(days=9), chance)
    charter = world.agreements["charter"]
    for practice, (*_, state, adjustment) in zip(charter.practices.all(), PRACTICES, strict=True):
        practice.assess(state, adjustment, by=director)
    put_on(charter, "Compte rendu du COPIL de première année", Paper.MINUTES, Readers.PARTIES, by=director)
    yield office_hour(anniversary + datetime.timedelta(days=16), chance)
    charter.refresh_from_db()
    evaluation = open_evaluation(charter, 1, by=director)
    yield office_hour(anniversary + datetime.timedelta(days=23), chance)
    evaluation.publish(by=director)
    yield world.told_at
    ask_for_report(evaluation, by=director)


def interim_accord(world: World) -> Strand:
    """A need without an agreement: six months at most, confirmed by both sides."""
    chance = random.Random("interim accord")
    yield office_hour(world.ago(64), chance)
    partner = world.organisations["roue-libre"]
    shared = ["phone", "commune", "mobility"]
    accord = propose_interim(by=world.heads["ml-marseille"], partner=partner, shared_fields=shared)
    yield office_hour(world.ago(57), chance)
    unsigned = accord.signatories.get(signed_on=None)
    accord.sign(by=world.heads["roue-libre"], signatory=unsigned)
    world.agreements["roue-libre"] = accord
