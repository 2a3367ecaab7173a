"""Lists: pages by position, cursors, parameters."""

import datetime
import uuid

import pytest
from django.urls import reverse

from accounts.models import Organisation
from common import clock
from common.pagination import BadCursor, page_of
from referrals.models import Referral
from referrals.workflow import Status
from tests.api.problems import assert_problem
from tests.factories import (
    AccompanimentFactory,
    FollowUpFactory,
    MembershipFactory,
    MissionLocaleFactory,
    PartnerFactory,
    ReferralFactory,
    YouthFactory,
)
from youths.models import Accompaniment, Share


def walk(caller, path):
    """Ids page by page, forwards to the end, then back to the beginning."""
    pages, answer = [], caller.get(path).json()
    while True:
        pages.append([row["id"] for row in answer["results"]])
        if not answer["next"]:
            break
        answer = caller.get(answer["next"].partition("/api/v1/")[2]).json()
    back = [[row["id"] for row in answer["results"]]]
    while answer["previous"]:
        answer = caller.get(answer["previous"].partition("/api/v1/")[2]).json()
        back.insert(0, [row["id"] for row in answer["results"]])
    return pages, back


@pytest.mark.parametrize("size", [1, 2, 5, 7, 500])
def test_pages_show_each_row_once_and_lead_back(as_caller, counsellor, mission_locale, size):
    """Names repeat: the position is told by all columns of the order."""
    for name in ["Benali", "Dupont", "Dupont", "Dupont", "Ménard", "Zola"]:
        YouthFactory(organisation=mission_locale, last_name=name, first_name="Lou")
    pages, back = walk(as_caller(counsellor), f"youths/?page_size={size}")
    ids = [pk for page in pages for pk in page]
    assert len(ids) == len(set(ids)) == 6
    assert [pk for page in back for pk in page] == ids


@pytest.mark.parametrize("size", [1, 3, 8, 500])
def test_pages_of_what_lies_in_two_ranges_are_in_one_order(as_caller, counsellor, mission_locale, size):
    """A Mission Locale sends referrals and receives some; several are of the same moment."""
    there = MissionLocaleFactory()
    for number in range(12):
        sender, recipient = (mission_locale, there) if number % 3 else (there, mission_locale)
        moment = clock.now() - datetime.timedelta(number // 2)
        ReferralFactory(sender=sender, recipient=recipient, created_at=moment)
    pages, back = walk(as_caller(counsellor), f"referrals/?page_size={size}")
    expected = Referral.objects.visible_to(counsellor).order_by("-created_at", "pk")
    assert [pk for page in pages for pk in page] == [str(referral.pk) for referral in expected]
    assert len(expected) == 12
    assert [pk for page in back for pk in page] == [pk for page in pages for pk in page]


@pytest.mark.parametrize("size", [1, 3, 500])
def test_pages_of_own_contacts_and_of_those_shared_are_in_one_order(
    as_caller, counsellor, mission_locale, youth, size
):
    there = MissionLocaleFactory()
    referral = ReferralFactory(sender=there, recipient=mission_locale, status=Status.ACCEPTED)
    Share.objects.filter(pk=referral.share_id).update(shows_accompaniments=True)
    author = MembershipFactory(organisation=there)
    for number in range(9):
        of, by, audience = (
            (youth, counsellor, "structure") if number % 2 else (referral.youth, author, "shared")
        )
        moment = clock.now() - datetime.timedelta(number)
        AccompanimentFactory(author=by, youths=[of], audience=audience, happened_at=moment)
    AccompanimentFactory(author=author, youths=[referral.youth])  # not for sharing
    pages, back = walk(as_caller(counsellor), f"accompaniments/?page_size={size}")
    expected = Accompaniment.objects.visible_to(counsellor).order_by("-happened_at", "pk")
    assert [pk for page in pages for pk in page] == [str(contact.pk) for contact in expected]
    assert len(expected) == 9
    assert [pk for page in back for pk in page] == [pk for page in pages for pk in page]


def test_a_row_that_arrives_meanwhile_moves_no_other(as_caller, counsellor, mission_locale):
    kept = [YouthFactory(organisation=mission_locale, last_name=name) for name in "BCDE"]
    caller = as_caller(counsellor)
    first = caller.get("youths/?page_size=2").json()
    YouthFactory(organisation=mission_locale, last_name="A")
    second = caller.get(first["next"].partition("/api/v1/")[2]).json()
    assert [row["id"] for row in second["results"]] == [str(youth.pk) for youth in kept[2:]]


@pytest.mark.parametrize("size", ["abc", "-1", "0", "", "1.5", "٣", "%00", "501", "100000", "9" * 5000])
def test_a_page_size_that_is_no_number_or_too_large_is_refused(as_caller, counsellor, size):
    answer = as_caller(counsellor).get(f"youths/?page_size={size}")
    assert_problem(answer, 400, fields=["page_size"])


@pytest.mark.parametrize("cursor", ["xx", "%00", "cD0x", "%ff", "é", "a" * 4000, "gAAAAA=="])
def test_a_cursor_that_is_not_ours_is_refused(as_caller, counsellor, cursor):
    answer = as_caller(counsellor).get(f"youths/?cursor={cursor}")
    assert_problem(answer, 400, fields=["cursor"])


def test_a_cursor_of_another_list_is_refused(as_caller, counsellor, mission_locale):
    YouthFactory.create_batch(2, organisation=mission_locale)
    caller = as_caller(counsellor)
    cursor = caller.get("youths/?page_size=1").json()["next"].partition("cursor=")[2].partition("&")[0]
    assert_problem(caller.get(f"organisations/?cursor={cursor}"), 400, fields=["cursor"])


def test_a_cursor_does_not_show_the_name_it_stands_at(as_caller, counsellor, mission_locale):
    for name in ["Benali", "Benali"]:
        YouthFactory(organisation=mission_locale, last_name=name)
    answer = as_caller(counsellor).get("youths/?page_size=1").json()
    assert "benali" not in answer["next"].lower()
    assert "YmVuYWxp" not in answer["next"]  # the same in base64


def test_a_cursor_sealed_with_another_key_is_refused(settings, mission_locale):
    PartnerFactory.create_batch(2)
    caller = uuid.uuid4()
    first = page_of(Organisation.objects.all(), ("name", "pk"), 1, caller=caller)
    settings.SECRET_KEY = "another key, after the first one leaked"
    with pytest.raises(BadCursor):
        page_of(Organisation.objects.all(), ("name", "pk"), 1, caller=caller, cursor=first.next)


def test_a_cursor_serves_nobody_but_its_caller(as_caller, counsellor, colleague, mission_locale):
    YouthFactory.create_batch(3, organisation=mission_locale)
    following = as_caller(counsellor).get("youths/?page_size=1").json()["next"].partition("/api/v1/")[2]
    assert_problem(as_caller(colleague).get(following), 400, fields=["cursor"])
    assert as_caller(counsellor).get(following).status_code == 200


def test_a_page_opened_with_someone_elses_cursor_begins_anew(
    as_member, counsellor, colleague, mission_locale
):
    YouthFactory.create_batch(30, organisation=mission_locale)
    url = reverse("desk:caseload") + "?scope=structure"
    following = as_member(counsellor).get(url).context["page"].next_url
    theirs = as_member(counsellor).get(following).context["page"]
    assert theirs.previous_url
    assert not as_member(colleague).get(following).context["page"].previous_url


def test_a_list_is_not_ordered_by_what_may_be_null(mission_locale):
    PartnerFactory()
    with pytest.raises(ValueError, match="null"):
        page_of(Organisation.objects.all(), ("parent", "pk"), 1, caller=uuid.uuid4())


@pytest.mark.parametrize(
    "path", ["youths/?nonsense=1", "youths/?Q=x", "referrals/?stat=sent", "people/?q=x", "agreements/?page=2"]
)
def test_an_unknown_parameter_is_refused(as_caller, counsellor, path):
    name = path.partition("?")[2].partition("=")[0]
    assert_problem(as_caller(counsellor).get(path), 400, fields=[name])


def test_a_single_record_takes_no_filter(as_caller, counsellor, youth):
    assert_problem(as_caller(counsellor).get(f"youths/{youth.pk}/?mine=false"), 400, fields=["mine"])


@pytest.mark.parametrize(
    "path",
    [
        "youths/?due=maybe",
        "youths/?mine=maybe",
        "youths/?silent=2",
        "youths/?waiting=on",
        "follow-ups/?is_open=null",
        "agreements/?in_force=yes",
        "service-offers/?is_open=x",
        "youths/?referent=x",
        "youths/?q=%00",
        "youths/?referent=%00",
        "accompaniments/?happened_after=9999-99-99",
        "accompaniments/?happened_before=hier",
        "accompaniments/?author=1",
        "referrals/?status=gone",
        "referrals/?agreement=00000000-0000-0000-0000-000000000000",
        "agreements/?phase=renewed",
    ],
)
def test_a_filter_value_out_of_range_is_refused(as_caller, counsellor, path):
    answer = as_caller(counsellor).get(path)
    name = path.partition("?")[2].partition("=")[0].removesuffix("_after").removesuffix("_before")
    assert_problem(answer, 400, fields=[name])


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("end", ["after", "before"])
def test_the_first_and_last_days_of_the_calendar_break_nothing(as_caller, as_member, counsellor, day, end):
    answer = as_caller(counsellor).get(f"accompaniments/?happened_{end}={day}")
    assert_problem(answer, 400, fields=["happened"])
    assert as_member(counsellor).get(f"/referrals/?sent_{end}={day}").status_code == 200


def test_filters_narrow_down_like_the_pages(as_caller, counsellor, colleague, mission_locale, youth):
    waiting = YouthFactory(organisation=mission_locale, last_name="Ménard")
    silent = FollowUpFactory(youth__organisation=mission_locale, referent=colleague).youth
    caller = as_caller(counsellor)
    assert caller.ids("youths/?q=benali%20YAN") == {str(youth.pk)}
    assert caller.ids("youths/?q=menard") == {str(waiting.pk)}
    assert caller.ids("youths/?mine=true") == {str(youth.pk)}
    assert caller.ids(f"youths/?referent={colleague.user_id}") == {str(silent.pk)}
    assert caller.ids("youths/?waiting=true") == {str(waiting.pk)}
    assert caller.ids("youths/?silent=true") == {str(youth.pk), str(silent.pk)}
