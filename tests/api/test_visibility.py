"""Who sees what: the six kinds of readers, the case and the person, the names among others."""

import datetime

import pytest

from accounts.models import AuditEntry
from common import clock
from partnerships.workflow import Status as AgreementStatus
from referrals.workflow import Status
from tests.api.problems import assert_problem, without_its_number
from tests.factories import (
    AccompanimentFactory,
    AgreementFactory,
    FollowUpFactory,
    ReferralFactory,
    YouthFactory,
)
from youths.models.choices import Audience

PERSONAL = ["youths", "follow-ups", "accompaniments", "referrals"]
OUTSIDERS = ["network", "volunteer", "administrator", "stranger_counsellor", "stranger_agent", "agent"]


@pytest.fixture
def rows(youth, counsellor):
    """One row of each personal resource of the Mission Locale, shared with nobody."""
    return {
        "youths": youth.pk,
        "follow-ups": youth.follow_up.pk,
        "accompaniments": AccompanimentFactory(author=counsellor, youths=[youth]).pk,
        "referrals": ReferralFactory(
            sender=counsellor.organisation, author=counsellor, youth=youth, by_letter=True
        ).pk,
    }


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("kind", PERSONAL)
def test_outsiders_find_nothing_by_list_or_id(request, as_caller, rows, kind, who):
    caller = as_caller(request.getfixturevalue(who))
    assert caller.rows(f"{kind}/") == []
    assert_problem(caller.get(f"{kind}/{rows[kind]}/"), 404)


@pytest.mark.parametrize("who", ["counsellor", "colleague", "director"])
@pytest.mark.parametrize("kind", PERSONAL)
def test_the_own_staff_finds_each_row(request, as_caller, rows, kind, who):
    caller = as_caller(request.getfixturevalue(who))
    assert caller.ids(f"{kind}/") == {str(rows[kind])}
    assert caller.get(f"{kind}/{rows[kind]}/").json()["id"] == str(rows[kind])


@pytest.mark.parametrize(
    "kind", [*PERSONAL, "organisations", "people", "agreements", "evaluations", "reports"]
)
def test_nobody_reads_without_signing_in(anonymous, db, kind):
    answer = anonymous.get(f"{kind}/")
    assert_problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_record_that_is_not_visible_looks_like_one_that_does_not_exist(
    as_caller, stranger_counsellor, youth
):
    caller = as_caller(stranger_counsellor)
    hidden = caller.get(f"youths/{youth.pk}/")
    absent = caller.get("youths/00000000-0000-4000-8000-000000000000/")
    assert without_its_number(hidden) == without_its_number(absent)
    assert hidden.status_code == absent.status_code == 404


@pytest.mark.parametrize("parameter", ["youth", "agreement", "recipient"])
def test_a_filter_does_not_tell_that_a_hidden_row_exists(
    as_caller, stranger_counsellor, youth, agreement, parameter
):
    hidden = {"youth": youth.pk, "agreement": agreement.pk, "recipient": youth.organisation_id}[parameter]
    caller = as_caller(stranger_counsellor)
    answers = [
        caller.get(f"referrals/?{parameter}={pk}") for pk in (hidden, "00000000-0000-4000-8000-000000000000")
    ]
    assert without_its_number(answers[0]) == without_its_number(answers[1])


def test_reception_reads_who_someone_is_and_nothing_more(as_caller, reception, youth):
    type(youth).objects.filter(pk=youth.pk).update(housing="hostel", phone="06 12 34 56 78")
    caller = as_caller(reception)
    shown = caller.get(f"youths/{youth.pk}/").json()
    assert shown["last_name"] == "Benali"
    assert shown["phone"] == "06 12 34 56 78"
    assert shown["housing"] is None
    assert caller.rows("accompaniments/") == caller.rows("follow-ups/") == []


@pytest.mark.parametrize("parameter", ["due=late", "silent=true", "mine=true"])
def test_reception_cannot_ask_about_a_follow_up_either(as_caller, reception, counsellor, youth, parameter):
    assert as_caller(counsellor).get(f"youths/?{parameter}").status_code == 200
    assert as_caller(reception).get(f"youths/?{parameter}").status_code == 400
    assert as_caller(reception).rows("youths/?waiting=true") == []


def test_recognised_disability_never_leaves(as_caller, director, mission_locale):
    youth = YouthFactory(organisation=mission_locale, recognised_disability=True)
    answer = as_caller(director).get(f"youths/{youth.pk}/")
    assert "disability" not in answer.content.decode()


# Referrals: the case, and the person.


@pytest.fixture
def referral(counsellor, youth, partner, agreement):
    type(youth).objects.filter(pk=youth.pk).update(phone="06 12 34 56 78", email="y@exemple.fr")
    return ReferralFactory(
        sender=counsellor.organisation,
        recipient=partner,
        author=counsellor,
        youth=youth,
        agreement=agreement,
        fields=["phone"],
        status=Status.ACCEPTED,
    )


def test_a_partner_reads_the_person_in_the_fields_listed(as_caller, agent, referral, youth):
    shown = as_caller(agent).get(f"referrals/{referral.pk}/").json()
    assert shown["youth"] == str(youth.pk)
    assert shown["person"] == {"first_name": "Yanis", "last_name": "Benali", "phone": "06 12 34 56 78"}
    assert shown["motive"]


def assert_case_alone(shown):
    assert shown["number"]
    assert {shown[name] for name in ("youth", "person", "motive", "informed", "fields", "answer_note")} == {
        None
    }
    assert "Benali" not in str(shown)


def test_once_the_share_is_closed_the_case_alone_stays(as_caller, agent, referral):
    referral.share.close()
    caller = as_caller(agent)
    for shown in (caller.get(f"referrals/{referral.pk}/").json(), *caller.rows("referrals/")):
        assert_case_alone(shown)
    assert caller.rows("referrals/?q=benali") == []


def test_once_the_agreement_has_ended_the_case_alone_stays(as_caller, agent, referral):
    with clock.at(referral.agreement.ends_on + datetime.timedelta(1)):
        assert_case_alone(as_caller(agent).get(f"referrals/{referral.pk}/").json())


def test_the_etag_moves_when_the_share_closes(as_caller, agent, referral):
    """A 304 must not confirm a person who is no longer shown."""
    caller = as_caller(agent)
    tag = caller.get(f"referrals/{referral.pk}/")["ETag"]
    referral.share.close()
    assert caller.get(f"referrals/{referral.pk}/", If_None_Match=tag).status_code == 200


def test_a_protected_address_is_never_among_the_fields(as_caller, agent, referral, youth):
    type(youth).objects.filter(pk=youth.pk).update(protected_address=True, commune="Marseille")
    type(referral.share).objects.filter(pk=referral.share.pk).update(fields=["commune", "phone"])
    assert "commune" not in as_caller(agent).get(f"referrals/{referral.pk}/").json()["person"]


def test_a_draft_is_seen_by_its_own_side_only(as_caller, agent, counsellor, partner, youth):
    draft = ReferralFactory(
        sender=counsellor.organisation, recipient=partner, author=counsellor, youth=youth, status=Status.DRAFT
    )
    assert_problem(as_caller(agent).get(f"referrals/{draft.pk}/"), 404)
    assert as_caller(counsellor).get(f"referrals/{draft.pk}/").json()["person"]["last_name"] == "Benali"


# Accompaniments: the notes, and the names of the others.


def test_a_shared_accompaniment_does_not_name_the_others(as_caller, agent, counsellor, referral, youth):
    type(referral.share).objects.filter(pk=referral.share.pk).update(shows_accompaniments=True)
    other = YouthFactory(organisation=youth.organisation)
    AccompanimentFactory(author=counsellor, youths=[youth, other], audience=Audience.SHARED)
    [shown] = as_caller(agent).rows("accompaniments/")
    assert shown["youths"] == [str(youth.pk)]
    assert len(as_caller(counsellor).rows("accompaniments/")[0]["youths"]) == 2


def test_of_a_group_those_are_named_whose_share_shows_contacts(
    as_caller, agent, counsellor, referral, youth, mission_locale, partner
):
    """Both are referred to the partner, the contacts of one alone are shared."""
    type(referral.share).objects.filter(pk=referral.share.pk).update(shows_accompaniments=True)
    other = YouthFactory(organisation=mission_locale)
    ReferralFactory(sender=mission_locale, recipient=partner, author=counsellor, youth=other)
    AccompanimentFactory(author=counsellor, youths=[youth, other], audience=Audience.SHARED)
    caller = as_caller(agent)
    [shown] = caller.rows("accompaniments/")
    assert shown["youths"] == [str(youth.pk)]
    assert caller.rows(f"accompaniments/?youth={youth.pk}") == [shown]
    assert caller.rows(f"accompaniments/?youth={other.pk}") == []
    assert not AuditEntry.objects.filter(by=agent, subject_ids__icontains=str(other.pk)).exists()
    assert len(as_caller(counsellor).rows(f"accompaniments/?youth={other.pk}")) == 1


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience.TEAM, {"counsellor"}),
        (Audience.STRUCTURE, {"counsellor", "colleague"}),
        (Audience.SHARED, {"counsellor", "colleague", "agent"}),
    ],
)
def test_an_accompaniment_is_read_by_its_audience(
    request, as_caller, counsellor, referral, youth, audience, readers
):
    type(referral.share).objects.filter(pk=referral.share.pk).update(shows_accompaniments=True)
    note = AccompanimentFactory(author=counsellor, youths=[youth], audience=audience)
    everyone = {"counsellor", "colleague", "agent", "stranger_agent", "stranger_counsellor"}
    found = {
        who
        for who in everyone
        if as_caller(request.getfixturevalue(who)).ids("accompaniments/") == {str(note.pk)}
    }
    assert found == readers


# What is not about a young person.


def test_agreements_show_what_was_signed(as_caller, agent, agreement):
    shown = as_caller(agent).get(f"agreements/{agreement.pk}/").json()
    assert shown["phase"] == "in_force"
    assert len(shown["parties"]) == len(shown["signatories"]) == 2


def test_an_agreement_of_others_or_their_draft_is_not_found(as_caller, agent, partner):
    elsewhere = AgreementFactory()
    draft = AgreementFactory(status=AgreementStatus.DRAFT, between=[partner])
    caller = as_caller(agent)
    assert caller.ids("agreements/") == set()
    for hidden in (elsewhere, draft):
        assert_problem(caller.get(f"agreements/{hidden.pk}/"), 404)


def test_agreements_filter_by_phase(as_caller, counsellor, mission_locale, agreement):
    expired = AgreementFactory(
        between=[mission_locale], signed_on=datetime.date(2020, 1, 1), lead_organisation=mission_locale
    )
    to_sign = AgreementFactory(status=AgreementStatus.TO_SIGN, between=[mission_locale])
    caller = as_caller(counsellor)
    for phase, found in (("in_force", agreement), ("expired", expired), ("to_sign", to_sign)):
        assert caller.ids(f"agreements/?phase={phase}") == {str(found.pk)}
    assert caller.ids("agreements/?in_force=false") == {str(expired.pk), str(to_sign.pk)}


def test_people_are_those_whom_one_may_name(as_caller, counsellor, colleague, director, agent, reception):
    people = as_caller(counsellor).rows("people/")
    assert {person["id"] for person in people} == {str(m.user_id) for m in (counsellor, colleague, director)}
    assert as_caller(counsellor).get(f"people/{colleague.user_id}/").json()["name"] == str(colleague)
    assert as_caller(agent).rows("people/") == []
    assert_problem(as_caller(agent).get(f"people/{colleague.user_id}/"), 404)


def test_a_referent_is_told_by_the_id_of_the_person(as_caller, counsellor, youth):
    caller = as_caller(counsellor)
    assert caller.rows("follow-ups/")[0]["referent"] == str(counsellor.user_id)
    assert caller.rows("youths/")[0]["referent"] == str(counsellor.user_id)


def test_a_closed_follow_up_leaves_the_file_without_a_referent(as_caller, counsellor, mission_locale):
    follow_up = FollowUpFactory(youth__organisation=mission_locale, referent=counsellor)
    follow_up.close(by=counsellor, reason="Déménagement")
    [youth] = as_caller(counsellor).rows("youths/")
    assert youth["follow_up"] is youth["referent"] is None
