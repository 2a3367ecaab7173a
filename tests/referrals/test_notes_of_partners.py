"""What one partner notes is read by itself and by the structure, unless the structure passes it on, on purpose."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Event
from common import clock
from common.errors import DomainError, NotPermitted, WrongStatus
from partnerships.models import Agreement
from referrals.models import Outcome
from referrals.workflow import Status
from tests.factories import (
    AccompanimentFactory,
    AgreementFactory,
    MembershipFactory,
    MissionLocaleFactory,
    PartnerFactory,
    ReferralFactory,
    YouthFactory,
)
from youths.actions import log_accompaniment, pass_on, shares_beside, take_back
from youths.models import Accompaniment, Share
from youths.models.choices import Audience

TEXT = "Suit une cure le mardi."
SENSITIVE = "Centre de soins du Rivage"


@pytest.fixture
def refer(mission_locale, counsellor, youth):
    """Refers the one young person to a partner of the Mission Locale, and gives back its agent and the referral."""

    def referred(partner, **values):
        usual = {"sender": mission_locale, "youth": youth, "author": counsellor, "status": Status.ACCEPTED}
        referral = ReferralFactory(recipient=partner, **usual | values)
        return MembershipFactory(organisation=partner), referral

    return referred


@pytest.fixture
def ours(refer, partner):
    return refer(partner, shows_accompaniments=True)


@pytest.fixture
def beside(refer):
    return refer(PartnerFactory(name=SENSITIVE, is_sensitive=True), shows_accompaniments=True)


@pytest.fixture
def note(ours, beside, youth):
    """Noted by the second partner."""
    shown = Share.objects.filter(pk__in=[ours[1].share_id, beside[1].share_id])
    shown.update(shows_accompaniments=True)
    accompaniment = Accompaniment(kind="call", text=TEXT, next_step="Rappeler", next_on=clock.today())
    return log_accompaniment(accompaniment, by=beside[0], youths=[youth])


def reads(member, note) -> bool:
    return Accompaniment.objects.visible_to(member).filter(pk=note.pk).exists()


def answers(as_member, member, referral, note) -> list[str]:
    """All that could show the note to a partner."""
    client = as_member(member)
    found = [
        client.get(referral.get_absolute_url()),
        client.get(reverse("referrals:referral_list")),
        client.get(reverse("desk:home")),
        client.get("/api/v1/accompaniments/"),
        client.get(f"/api/v1/accompaniments/{note.pk}/"),
        client.get(f"/api/v1/accompaniments/?youth={referral.youth_id}"),
    ]
    return [answer.content.decode() for answer in found]


def test_a_partners_note_is_for_itself_and_the_structure(
    note, ours, beside, counsellor, director, stranger_agent
):
    assert (note.audience, note.structure) == (Audience.PARTNER, counsellor.organisation)
    assert reads(beside[0], note)
    assert reads(counsellor, note)
    assert reads(director, note)
    assert not reads(ours[0], note)
    assert not reads(stranger_agent, note)


def test_the_other_partner_meets_neither_the_note_nor_its_author(as_member, note, ours, beside):
    for text in answers(as_member, *ours, note):
        for secret in (TEXT, SENSITIVE, str(note.organisation_id), str(beside[0].user_id)):
            assert secret not in text


def test_what_the_structure_writes_for_sharing_is_read_by_both(note, ours, beside, counsellor, youth):
    shared = AccompanimentFactory(author=counsellor, youths=[youth], audience=Audience.SHARED)
    assert reads(ours[0], shared)
    assert reads(beside[0], shared)


def test_reminders_of_the_structure_are_not_a_partners_matter(as_member, ours, note, counsellor, youth):
    shared = AccompanimentFactory(
        author=counsellor,
        youths=[youth],
        audience=Audience.SHARED,
        next_step="Rappeler la mère",
        next_on=clock.today(),
    )
    seen = as_member(ours[0]).get(f"/api/v1/accompaniments/{shared.pk}/").json()
    assert (seen["next_step"], seen["next_on"]) == ("", None)
    own = as_member(counsellor).get(f"/api/v1/accompaniments/{shared.pk}/").json()
    assert own["next_step"] == "Rappeler la mère"


@pytest.mark.parametrize(
    ("author", "audience"), [("counsellor", Audience.PARTNER), ("agent", Audience.SHARED), ("agent", "team")]
)
def test_the_database_refuses_another_audience(request, youth, author, audience):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccompanimentFactory(author=request.getfixturevalue(author), youths=[youth], audience=audience)


def test_a_note_is_about_the_young_people_of_one_structure(as_member, ours, youth, agent):
    theirs = YouthFactory(organisation=MissionLocaleFactory())
    ReferralFactory(
        sender=theirs.organisation, recipient=agent.organisation, youth=theirs, status=Status.ACCEPTED
    )
    body = {"kind": "workshop", "youths": [str(youth.pk), str(theirs.pk)], "text": "Atelier CV."}
    answer = as_member(agent).post("/api/v1/accompaniments/", body, content_type="application/json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["youths"]
    assert not Accompaniment.objects.exists()


def test_a_mission_locale_that_received_a_referral_is_a_partner_like_another(
    as_member, refer, counsellor, youth
):
    colleague, _ = refer(MissionLocaleFactory(name="Mission Locale d’à côté"))
    body = {"kind": "call", "youths": [str(youth.pk)], "text": TEXT, "audience": "team"}
    noted = as_member(colleague).post("/api/v1/accompaniments/", body, content_type="application/json")
    assert noted.status_code == 201
    assert noted.json()["audience"] == "partner"
    assert noted.json()["youths"] == [str(youth.pk)]
    note = Accompaniment.objects.get()
    assert reads(colleague, note)
    assert reads(counsellor, note)


# Passing one note on.


def test_a_note_is_passed_on_to_one_share_without_its_author(
    as_member, note, ours, beside, counsellor, refer
):
    third = refer(PartnerFactory())
    pass_on(note, to=ours[1].share, by=counsellor)
    page, _, _, listed, single, _ = answers(as_member, *ours, note)
    for text in (page, listed, single):
        assert TEXT in text
        for secret in (SENSITIVE, str(note.organisation_id), str(beside[0].user_id), "Rappeler"):
            assert secret not in text
    assert not reads(third[0], note)
    event = Event.objects.get(verb="note_passed_on")
    assert (event.about_id, event.after["share"]) == (note.youths.get().pk, str(ours[1].share_id))


def test_who_noted_it_is_not_found_by_filtering(as_member, note, ours, beside, counsellor):
    pass_on(note, to=ours[1].share, by=counsellor)
    by_author = f"/api/v1/accompaniments/?author={beside[0].user_id}"
    assert as_member(ours[0]).get(by_author).json()["results"] == []
    assert len(as_member(counsellor).get(by_author).json()["results"]) == 1
    assert len(as_member(beside[0]).get(by_author).json()["results"]) == 1


def test_passing_on_twice_is_once_and_taking_back_closes_it(note, ours, counsellor):
    for _ in range(2):
        pass_on(note, to=ours[1].share, by=counsellor)
    assert note.passed_on.count() == 1
    assert Event.objects.filter(verb="note_passed_on").count() == 1
    for _ in range(2):
        take_back(note, to=ours[1].share, by=counsellor)
    assert not reads(ours[0], note)
    assert Event.objects.filter(verb="note_taken_back").count() == 1


def test_only_the_structure_decides(note, ours, beside, director, stranger_counsellor):
    for outsider in (ours[0], beside[0], stranger_counsellor):
        with pytest.raises(NotPermitted):
            pass_on(note, to=ours[1].share, by=outsider)
        with pytest.raises(NotPermitted):
            take_back(note, to=ours[1].share, by=outsider)
    pass_on(note, to=ours[1].share, by=director)  # same note, same share: the refusals were about who
    assert reads(ours[0], note)


def test_the_structures_own_notes_have_an_audience_instead(ours, counsellor, youth):
    own = AccompanimentFactory(author=counsellor, youths=[youth])
    with pytest.raises(DomainError):
        pass_on(own, to=ours[1].share, by=counsellor)


def share_closes(referral, agent):
    referral.start(by=agent)
    referral.complete(by=agent, outcome=Outcome.TRAINING)


def agreement_ends(referral, agent):
    yesterday = clock.today() - datetime.timedelta(days=1)
    Agreement.objects.filter(pk=referral.agreement_id).update(ends_on=yesterday)


@pytest.mark.parametrize("ended", [share_closes, agreement_ends])
def test_an_access_that_has_ended_receives_nothing_and_keeps_nothing(note, ours, counsellor, ended):
    agent, referral = ours
    pass_on(note, to=referral.share, by=counsellor)
    ended(referral, agent)
    assert not reads(agent, note)
    take_back(note, to=referral.share, by=counsellor)
    assert referral.share not in shares_beside(note)
    with pytest.raises(WrongStatus):
        pass_on(note, to=referral.share, by=counsellor)


def test_someone_elses_share_is_not_a_reader(note, refer, counsellor, mission_locale):
    other = YouthFactory(organisation=mission_locale)
    _, elsewhere = refer(PartnerFactory(), youth=other)
    with pytest.raises(WrongStatus):
        pass_on(note, to=elsewhere.share, by=counsellor)


# The pages.


def test_the_file_leads_to_the_readers_of_a_note(as_member, note, ours, counsellor, youth):
    client, url = as_member(counsellor), reverse("youths:note_readers", args=[note.pk])
    assertContains(client.get(youth.get_absolute_url()), url)
    page = client.get(url)
    for shown in (TEXT, SENSITIVE, ours[0].organisation.name):
        assertContains(page, shown)
    done = client.post(
        reverse("youths:note_pass_on", args=[note.pk]), {"share": ours[1].share_id}, follow=True
    )
    assertContains(done, ours[0].organisation.name)
    assert reads(ours[0], note)
    client.post(reverse("youths:note_take_back", args=[note.pk]), {"share": ours[1].share_id})
    assert not reads(ours[0], note)


def test_a_partner_alone_has_nobody_to_pass_its_note_on_to(as_member, beside, counsellor, youth):
    note = AccompanimentFactory(author=beside[0], youths=[youth], text=TEXT)
    client, url = as_member(counsellor), reverse("youths:note_readers", args=[note.pk])
    assertNotContains(client.get(youth.get_absolute_url()), url)
    assertContains(client.get(url), "Aucun autre partenaire")


@pytest.mark.parametrize("typed", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_reader_is_refused_in_words(as_member, note, counsellor, typed):
    url = reverse("youths:note_pass_on", args=[note.pk])
    answer = as_member(counsellor).post(url, {"share": typed}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not note.passed_on.exists()


def test_an_agreement_with_one_of_two_structures_opens_nothing_of_the_other(note, ours, youth):
    """The same partner works with another structure, about a person of the same name."""
    agent, _ = ours
    others = MissionLocaleFactory()
    AgreementFactory(lead_organisation=others, between=[others, agent.organisation])
    namesake = YouthFactory(organisation=others, first_name=youth.first_name, last_name=youth.last_name)
    theirs = AccompanimentFactory(
        author=MembershipFactory(organisation=others), youths=[namesake], audience=Audience.SHARED
    )
    assert not reads(agent, theirs)


def test_of_a_group_the_note_names_the_one_it_was_passed_on_about(
    as_member, refer, ours, beside, counsellor, youth
):
    """Both partners know both people; the note is passed on to one share, of one of them."""
    other = YouthFactory(organisation=youth.organisation)
    for partner in (ours[0].organisation, beside[0].organisation):
        refer(partner, youth=other, shows_accompaniments=True)
    group = Accompaniment(kind="call", text=TEXT)
    log_accompaniment(group, by=beside[0], youths=[youth, other])
    client, url = as_member(ours[0]), "/api/v1/accompaniments/"
    pass_on(group, to=ours[1].share, by=counsellor)
    assert client.get(f"{url}{group.pk}/").json()["youths"] == [str(youth.pk)]
    assert len(client.get(f"{url}?youth={youth.pk}").json()["results"]) == 1
    assert client.get(f"{url}?youth={other.pk}").json()["results"] == []
    both = [str(pk) for pk in sorted((youth.pk, other.pk), key=str)]
    for reader in (beside[0], counsellor):
        assert as_member(reader).get(f"{url}{group.pk}/").json()["youths"] == both


def test_a_mission_locale_that_is_the_partner_moves_no_last_contact_of_another(refer, youth):
    member, referral = refer(MissionLocaleFactory())
    Share.objects.filter(pk=referral.share_id).update(takes_notes=True)
    log_accompaniment(Accompaniment(kind="call"), by=member, youths=[youth])
    assert youth.follow_up.last_contact_at is None
