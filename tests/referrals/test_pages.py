"""Lists and pages of referrals: whose words, which rows, how many queries."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import AuditEntry
from common import clock
from referrals.models import Outcome, Referral
from referrals.workflow import STEPS, WORDS, Side, Status
from tests.factories import AccompanimentFactory, ReferralFactory, YouthFactory
from youths.models import Accompaniment
from youths.models.choices import Audience

LIST = "referrals:referral_list"


@pytest.fixture
def make(agreement, mission_locale, partner, counsellor):
    def make_referral(**values):
        usual = {"agreement": agreement, "sender": mission_locale, "recipient": partner, "author": counsellor}
        return ReferralFactory(**usual | values)

    return make_referral


@pytest.mark.parametrize("status", [status for status in WORDS[Side.RECIPIENT] if status != Status.CANCELLED])
def test_each_side_reads_its_own_words(as_member, make, counsellor, agent, status):
    referral = make(status=status)
    for member, side in ((counsellor, Side.SENDER), (agent, Side.RECIPIENT)):
        (reading,) = as_member(member).get(reverse(LIST)).context["readings"]
        assert reading.wording == WORDS[side][status]
        page = as_member(member).get(referral.get_absolute_url())
        assert page.context["reading"].wording == WORDS[side][status]


@pytest.mark.parametrize(
    ("state", "statuses"),
    [
        ("to_answer", {Status.SENT}),
        ("under_way", {Status.ACCEPTED, Status.UNDER_WAY}),
        ("closed", {Status.DECLINED, Status.COMPLETED, Status.STOPPED}),
    ],
)
def test_chips_narrow_the_list_down(as_member, make, agent, state, statuses):
    for status in set(Status) - {Status.CANCELLED}:
        make(status=status)
    readings = as_member(agent).get(reverse(LIST, query={"state": state})).context["readings"]
    assert {reading.referral.status for reading in readings} == statuses


def test_partner_list_hides_drafts_letters_and_other_people(as_member, make, agent):
    make(youth=YouthFactory(last_name="Mien", organisation=make().sender))
    make(status=Status.DRAFT)
    make(by_letter=True, agreement=None)
    ReferralFactory()
    page = as_member(agent).get(reverse(LIST))
    assert "MIEN" in page.content.decode()
    assert len(page.context["readings"]) == 2


@pytest.mark.parametrize("role", ["network", "volunteer", "administrator", "reception"])
def test_others_list_nothing(as_member, make, role, request):
    make()
    assert not as_member(request.getfixturevalue(role)).get(reverse(LIST)).context["readings"]


# session, user, membership, notices unread, saved views, count, rows, open shares among them; the audit afterwards
QUERIES_OF_THE_LIST = 9
ROWS_RECEIVED = 1  # a range apart: a Mission Locale sends and receives


@pytest.mark.parametrize("rows", [1, 20, 100])
@pytest.mark.parametrize(("persona", "apart"), [("counsellor", ROWS_RECEIVED), ("agent", 0)])
def test_the_list_costs_the_same_whatever_its_length(
    as_member, make, django_assert_num_queries, request, rows, persona, apart
):
    for _ in range(rows):
        make()
    client = as_member(request.getfixturevalue(persona))
    with django_assert_num_queries(QUERIES_OF_THE_LIST + apart):
        page = client.get(reverse(LIST))
    assert len(page.context["readings"]) == min(rows, 25)


def test_every_read_is_written_down(as_member, make, agent):
    shown, closed = make(), make(status=Status.DECLINED)
    as_member(agent).get(reverse(LIST, query={"q": "", "state": ""}))
    cases, people = AuditEntry.objects.filter(route=LIST).order_by("subject_type")
    assert set(cases.subject_ids) == {str(shown.pk), str(closed.pk)}
    assert people.subject_ids == [str(shown.youth_id)]


def test_after_the_end_the_partner_keeps_the_case_without_the_person(as_member, make, agent, counsellor):
    referral = make(status=Status.UNDER_WAY, motive="Un motif bien à lui.")
    referral.complete(by=agent, outcome="training", note="Entrée en CAP.")
    page = as_member(agent).get(referral.get_absolute_url()).content.decode()
    assert referral.number in page
    for secret in (str(referral.youth), "Un motif bien à lui."):
        assert secret not in page
    assert "Entrée en CAP." in as_member(counsellor).get(referral.get_absolute_url()).content.decode()


def test_after_the_end_the_structure_is_not_told_that_the_partner_still_reads(as_member, make, counsellor):
    referral = make(status=Status.ACCEPTED)
    client = as_member(counsellor)
    assertContains(client.get(referral.get_absolute_url()), "Ce que lit le partenaire")
    referral.share.close()
    page = client.get(referral.get_absolute_url()).content.decode()
    assert "Ce que lit le partenaire" not in page
    assert "l’accès du partenaire est clos" in page


def test_after_the_end_the_partner_reads_its_own_acts_for_seven_months(
    as_member, make, agent, counsellor, youth
):
    referral = make(youth=youth, status=Status.UNDER_WAY, motive="Un motif confidentiel.")
    own = AccompanimentFactory(author=agent, youths=[youth], text="Essai concluant.")
    theirs = {"author": counsellor, "youths": [youth], "audience": Audience.SHARED}
    AccompanimentFactory(text="Partagé par la structure.", **theirs)
    referral.complete(by=agent, outcome=Outcome.TRAINING, note="Entre en formation.")
    client = as_member(agent)
    page = client.get(referral.get_absolute_url()).content.decode()
    for own_words in (own.text, "Entre en formation."):
        assert own_words in page
    for hidden in (str(youth), youth.first_name, referral.motive, "Partagé par la structure."):
        assert hidden not in page
    with clock.at(clock.now() + datetime.timedelta(7 * 31)):
        client = as_member(agent)
        assert own.text not in client.get(referral.get_absolute_url()).content.decode()


def test_a_person_who_opposed_takes_the_partners_notes_away(as_member, make, agent, youth):
    referral = make(youth=youth, status=Status.UNDER_WAY)
    AccompanimentFactory(author=agent, youths=[youth], text="Essai concluant.")
    referral.complete(by=agent, outcome=Outcome.TRAINING)
    youth.write(opposed_at=clock.now())
    client = as_member(agent)
    assert "Essai concluant." not in client.get(referral.get_absolute_url()).content.decode()
    assert "Essai concluant." not in client.get("/api/v1/accompaniments/").content.decode()


@pytest.mark.parametrize("step", sorted(STEPS))
def test_a_step_in_the_wrong_state_is_told_on_the_page(as_member, make, agent, counsellor, step):
    wrong = Status.COMPLETED
    client = as_member(agent if STEPS[step].side == Side.RECIPIENT else counsellor)
    referral = make(status=wrong)
    answer = client.post(reverse("referrals:referral_step", args=[referral.pk, step]))
    assert answer.url == referral.get_absolute_url()
    assert [message.level_tag for message in get_messages(answer.wsgi_request)] == ["error"]
    assert Referral.objects.get(pk=referral.pk).status == wrong


def test_a_double_click_takes_a_step_once_and_is_no_mistake(as_member, make, agent):
    referral, client = make(), as_member(agent)
    url = reverse("referrals:referral_step", args=[referral.pk, "accept"])
    for _click in range(2):
        response = client.post(url, {"note": "Rendez-vous mardi."})
        assert response.url == referral.get_absolute_url()
    told = [message.level_tag for message in get_messages(response.wsgi_request)]
    assert told == ["success"]


def test_a_note_that_comes_too_late_is_not_lost(as_member, make, agent, lead):
    referral = make()
    referral.decline(by=lead, reason="no_place")
    url = reverse("referrals:referral_step", args=[referral.pk, "accept"])
    response = as_member(agent).post(url, {"note": "Rendez-vous mardi."})
    assert response.status_code == 422
    assert "Rendez-vous mardi." in response.content.decode()
    assert response.context["form"].non_field_errors()


def test_declining_asks_for_its_reason_then_closes(as_member, make, agent):
    referral = make()
    client, url = as_member(agent), reverse("referrals:referral_step", args=[referral.pk, "decline"])
    assert client.get(url).status_code == 200
    assert client.post(url, {"note": "Complet."}).status_code == 422
    assert client.post(url, {"reason": "no_place", "note": "Complet."}).status_code == 302
    referral.refresh_from_db()
    assert (referral.status, referral.answer_note) == (Status.DECLINED, "Complet.")


def test_a_step_nobody_knows_does_not_exist(as_member, make, agent):
    url = reverse("referrals:referral_step", args=[make().pk, "delete"])
    assert as_member(agent).get(url).status_code == 404


def test_buttons_are_the_steps_open_to_the_reader(as_member, make, agent, counsellor):
    referral = make()
    for member, names in ((agent, {"accept", "decline"}), (counsellor, {"cancel"})):
        page = as_member(member).get(referral.get_absolute_url())
        assert {step["name"] for step in page.context["steps"]} == names


# The partner's note.


def test_the_partner_notes_a_contact_that_the_structure_reads(as_member, make, agent, counsellor):
    referral = make(status=Status.ACCEPTED)
    url = reverse("referrals:contact_create", args=[referral.pk])
    answer = as_member(agent).post(url, {"kind": "call", "made": "1", "text": "Joint, il vient mardi."})
    assert answer.url == referral.get_absolute_url()
    contact = Accompaniment.objects.get()
    assert (contact.audience, contact.organisation) == (Audience.PARTNER, agent.organisation)
    assert "Joint, il vient mardi." in as_member(counsellor).get(answer.url).content.decode()


@pytest.mark.parametrize(("status", "answered"), [("sent", 422), ("declined", 404), ("completed", 404)])
def test_no_note_before_the_yes_or_after_the_end(as_member, make, agent, status, answered):
    url = reverse("referrals:contact_create", args=[make(status=status).pk])
    assert as_member(agent).post(url, {"kind": "call", "made": "1"}).status_code == answered
    assert not Accompaniment.objects.exists()


def test_what_was_typed_before_the_yes_is_kept_beside_the_reason(as_member, make, agent):
    url = reverse("referrals:contact_create", args=[make().pk])
    page = as_member(agent).post(url, {"kind": "call", "made": "1", "text": "Joint, il vient."})
    assertContains(page, "Joint, il vient.", status_code=422)
    assertContains(page, "Acceptez d’abord l’orientation", status_code=422)


def test_shared_contacts_are_read_only_where_the_share_says_so(as_member, make, agent, counsellor):
    referral = make(status=Status.ACCEPTED)
    AccompanimentFactory(
        author=counsellor, youths=[referral.youth], audience=Audience.SHARED, text="À partager."
    )
    client = as_member(agent)
    assert "À partager." not in client.get(referral.get_absolute_url()).content.decode()
    Referral.objects.filter(pk=referral.pk).update(shows_accompaniments=True)
    type(referral.share).objects.filter(pk=referral.share_id).update(shows_accompaniments=True)
    assert "À partager." in client.get(referral.get_absolute_url()).content.decode()
