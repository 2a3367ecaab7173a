"""The list of agreements and the page of one, as each reader sees it."""

import uuid

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import Event, Level
from common import clock
from partnerships.models import Agreement, FieldOfAction, Phase, Practice, Theme, ThemeReferent
from partnerships.workflow import STEPS, Status
from referrals.workflow import Status as ReferralStatus
from tests.factories import AgreementFactory, PartnerFactory, ReferralFactory, ServiceOfferFactory

LIST = "partnerships:agreement_list"


def step_url(agreement, step):
    return reverse("partnerships:agreement_step", args=[agreement.pk, step])


def make(mission_locale, partner, status=Status.SIGNED, **more):
    return AgreementFactory(
        lead_organisation=mission_locale, between=[mission_locale, partner], status=status, **more
    )


@pytest.mark.parametrize(
    ("persona", "sees"),
    [
        ("counsellor", True),
        ("director", True),
        ("agent", True),
        ("lead", True),
        ("stranger_agent", False),
        ("stranger_counsellor", False),
        ("network", False),
        ("volunteer", False),
        ("administrator", False),
    ],
)
def test_only_those_it_covers_read_an_agreement(as_member, agreement, request, persona, sees):
    client = as_member(request.getfixturevalue(persona))
    assert client.get(agreement.get_absolute_url()).status_code == (200 if sees else 404)
    assert bool(client.get(reverse(LIST)).context["cycles"]) == sees


def test_a_draft_is_read_by_those_who_lead_it(as_member, mission_locale, partner, director, lead):
    draft = make(mission_locale, partner, Status.DRAFT)
    assert as_member(lead).get(draft.get_absolute_url()).status_code == 404
    page = as_member(director).get(draft.get_absolute_url())
    assertContains(page, "<dt>Durée</dt>", html=True)  # a bare number of months says nothing


# session, user, membership; notices unread, saved views; agreements, parties, their organisations, signatories; count
QUERIES_OF_THE_LIST = 10


@pytest.mark.parametrize("rows", [1, 20, 100])
def test_the_list_costs_the_same_whatever_its_length(
    as_member, mission_locale, partner, counsellor, django_assert_num_queries, rows
):
    for _ in range(rows):
        make(mission_locale, partner)
    client = as_member(counsellor)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        page = client.get(reverse(LIST))
    assert len(page.context["cycles"]) == min(rows, 25)


@pytest.mark.parametrize(("days_left", "offers"), [(1, True), (-1, False)])
def test_an_early_end_is_offered_while_there_is_something_to_end(
    as_member, mission_locale, partner, director, days_left, offers
):
    today = clock.today()
    agreement = make(
        mission_locale,
        partner,
        starts_on=today - 400 * clock.ONE_DAY,
        ends_on=today + days_left * clock.ONE_DAY,
    )
    steps = as_member(director).get(agreement.get_absolute_url()).context["steps"]
    assert ("denounce" in [step["name"] for step in steps]) == offers


def test_the_list_filters_by_phase(as_member, mission_locale, partner, director):
    for status in (Status.SIGNED, Status.TO_SIGN, Status.CLOSED_EARLY):
        make(mission_locale, partner, status)
    for phase in (Phase.IN_FORCE, Phase.TO_SIGN, Phase.ENDED):
        (cycle,) = as_member(director).get(reverse(LIST, query={"phase": phase})).context["cycles"]
        assert cycle.phase == phase


def test_a_title_longer_than_any_is_not_looked_for(as_member, agreement, director):
    answer = as_member(director).get(reverse(LIST, query={"q": "x" * 60_000}))
    assert answer.context["filterset"].errors["q"]
    assert list(answer.context["page"]) == [agreement]


@pytest.mark.parametrize("asked", ["ending", "over"])
def test_the_list_filters_across_phases(as_member, mission_locale, partner, director, asked):
    today = clock.today()
    wanted = {
        "ending": make(mission_locale, partner, ends_on=today + clock.ONE_DAY),
        "over": make(mission_locale, partner, Status.CLOSED_EARLY),
    }
    make(mission_locale, partner)
    (cycle,) = as_member(director).get(reverse(LIST, query={"phase": asked})).context["cycles"]
    assert cycle.agreement == wanted[asked]


def test_the_page_shows_what_was_promised_and_what_is_done(
    as_member, agreement, mission_locale, partner, director, lead
):
    theme = Theme.objects.create(slug="mobilite", name="Mobilité")
    ThemeReferent.objects.create(agreement=agreement, theme=theme, member=lead)
    Practice.objects.create(
        agreement=agreement,
        field=FieldOfAction.TRADES,
        how="Visites d’ateliers.",
        who="Les référents",
        state=Practice.State.PARTLY,
        adjustment="Prévenir plus tôt.",
    )
    ServiceOfferFactory(organisation=partner, theme=theme, title="Code de la route", places=3)
    ReferralFactory(
        agreement=agreement, sender=mission_locale, recipient=partner, status=ReferralStatus.ACCEPTED
    )
    answer = as_member(director).get(agreement.get_absolute_url())
    page = answer.content.decode()
    for text in ("Visites d’ateliers.", "Prévenir plus tôt.", "Code de la route", "Mobilité", str(lead)):
        assert text in page
    assert answer.context["figures"].accepted == 1


def test_an_outsider_is_not_told_a_small_number_of_people(as_member, agreement, mission_locale, network):
    type(mission_locale).objects.filter(pk=mission_locale.pk).update(parent=network.organisation)
    referral = ReferralFactory(agreement=agreement, sender=mission_locale, status=ReferralStatus.DECLINED)
    answer = as_member(network).get(agreement.get_absolute_url())
    assert not answer.context["people_told"]
    assert str(referral.youth) not in answer.content.decode()
    assert referral.get_decline_reason_display() not in answer.content.decode()


def test_the_tree_shows_what_it_implements_and_what_implements_it(
    as_member, agreement, mission_locale, partner, director
):
    framework = make(mission_locale, partner, kind="framework", level=Level.NATIONAL, title="Cadre national")
    Agreement.objects.filter(pk=agreement.pk).update(implements=framework)
    client = as_member(director)
    assert "Cadre national" in client.get(agreement.get_absolute_url()).content.decode()
    assert client.get(framework.get_absolute_url()).context["below"] == [agreement]


def test_the_tree_leads_nobody_to_what_they_do_not_see(as_member, agreement, mission_locale, network):
    type(mission_locale).objects.filter(pk=mission_locale.pk).update(parent=network.organisation)
    unseen = make(PartnerFactory(), PartnerFactory(), title="Cadre d’ailleurs")
    Agreement.objects.filter(pk=agreement.pk).update(implements=unseen, succeeds=unseen)
    client = as_member(network)
    assert client.get(unseen.get_absolute_url()).status_code == 404
    assert "Cadre d’ailleurs" not in client.get(agreement.get_absolute_url()).content.decode()


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_step_in_the_wrong_state_is_told_on_the_page(as_member, mission_locale, partner, director, step):
    wrong = Status.CLOSED_EARLY
    agreement = make(mission_locale, partner, wrong)
    answer = as_member(director).post(step_url(agreement, step))
    assert answer.url == agreement.get_absolute_url()
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["error"]
    assert not Event.objects.filter(subject_id=agreement.pk).exists()


def test_from_draft_to_force_through_the_pages(as_member, mission_locale, partner, director, lead):
    agreement = make(mission_locale, partner, Status.DRAFT)
    ours, theirs = as_member(director), as_member(lead)
    for step in ("open", "submit"):
        assert ours.post(step_url(agreement, step)).status_code == 302
    for client, member in ((ours, director), (theirs, lead)):
        assert client.get(step_url(agreement, "sign")).status_code == 200
        signatory = agreement.signatories.get(party__organisation=member.organisation)
        form = {"signatory": signatory.pk, "signed_on": clock.today().isoformat(), "how": "outside"}
        assert client.post(step_url(agreement, "sign"), form).status_code == 302
    agreement.refresh_from_db()
    assert agreement.is_in_force()


def test_a_signature_of_the_other_side_is_no_choice(as_member, mission_locale, partner, director):
    agreement = make(mission_locale, partner, Status.TO_SIGN)
    theirs = agreement.signatories.get(party__organisation=partner)
    form = {"signatory": theirs.pk, "signed_on": clock.today().isoformat(), "how": "inside"}
    assert as_member(director).post(step_url(agreement, "sign"), form).status_code == 422
    assert not agreement.signatories.exclude(signed_on=None).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"reason": ""}, {"closed_on": ""}, {"run_off_until": "2020-01-01"}, {"closed_on": "1999-01-01"}],
)
def test_ending_early_says_what_to_correct(as_member, agreement, director, wrong):
    right = {"closed_on": clock.today().isoformat(), "reason": "Fin du financement.", "run_off_until": ""}
    client = as_member(director)
    assert client.post(step_url(agreement, "denounce"), right | wrong).status_code == 422
    assert client.post(step_url(agreement, "denounce"), right).status_code == 302
    agreement.refresh_from_db()
    assert agreement.phase() == Phase.ENDED


def test_the_partner_of_an_accord_is_found_by_part_of_its_name(as_member, director, partner):
    PartnerFactory.create_batch(9, name="Chantier du Sud")
    gone = PartnerFactory(name="Chantier du Nord", is_active=False)
    url = reverse("desk:interim_create")
    client = as_member(director)
    found = client.get(url, {"q": "sud chant"}).content.decode()
    assert found.count("?partner=") == 8
    assert f"?partner={gone.pk}" not in client.get(url, {"q": "Nord"}).content.decode()
    assert "?partner=" not in client.get(url, {"q": "zzzz"}).content.decode()
    page = client.get(url, {"partner": partner.pk}).content.decode()
    assert f'name="partner" value="{partner.pk}"' in page
    own = client.get(url, {"partner": director.organisation_id}).content.decode()
    assert 'name="shared_fields"' not in own


def test_an_interim_accord_is_proposed_on_its_page(as_member, director, counsellor, agent, partner):
    url = reverse("desk:interim_create")
    for outsider in (counsellor, agent):
        assert as_member(outsider).get(url).status_code == 403
    form = {"partner": partner.pk, "shared_fields": ["phone"], "months": 6}
    assert as_member(director).post(url, form | {"months": 7}).status_code == 422
    unknown = as_member(director).post(url, form | {"partner": uuid.uuid4()})
    assert (unknown.status_code, Agreement.objects.interim().count()) == (200, 0)
    answer = as_member(director).post(url, form)
    accord = Agreement.objects.interim().get()
    assert answer.url == accord.get_absolute_url()
    assert accord.shared_fields == ["phone"]
