"""Opening a file: six fields, ages at their limits, duplicates, double clicks."""

import datetime
import uuid

import pytest

from accounts.models import AuditEntry
from common import clock
from tests.factories import YouthFactory
from youths.models import FollowUp, Youth

URL = "/youths/new/"
HTMX = {"HX-Request": "true"}


def born(years, days=0):
    return (clock.months_after(clock.today(), -12 * years) - datetime.timedelta(days)).isoformat()


def typed(**changes):
    values = {
        "record_id": str(uuid.uuid4()),
        "last_name": "Benali",
        "first_name": "Yanis",
        "birth_date": born(19),
        "phone": "0612345678",
        "commune": "Grenoble",
        "referent": "",
    }
    return values | changes


def test_six_fields_open_a_file_with_its_referent(as_member, counsellor):
    response = as_member(counsellor).post(URL, typed(referent=counsellor.pk))
    youth = Youth.objects.get()
    assert response.url == youth.get_absolute_url()
    assert (youth.organisation, youth.phone) == (counsellor.organisation, "06 12 34 56 78")
    assert youth.follow_up.referent == counsellor


def test_later_leaves_the_person_in_the_queue(as_member, counsellor):
    as_member(counsellor).post(URL, typed())
    assert list(Youth.objects.waiting()) == [Youth.objects.get()]


def test_a_double_click_opens_one_file(as_member, counsellor):
    client, values = as_member(counsellor), typed(referent=counsellor.pk)
    first, second = client.post(URL, values), client.post(URL, values)
    assert first.url == second.url
    assert Youth.objects.count() == FollowUp.objects.count() == 1


@pytest.mark.parametrize(
    ("birth_date", "disability", "is_received"),
    [
        (born(15, 360), "", False),
        (born(16), "", True),
        (born(25, 360), "", True),
        (born(26), "", False),
        (born(26), "on", True),
        (born(29, 360), "on", True),
        (born(30), "on", False),
        (born(-1), "", False),
        ("", "", False),
    ],
)
def test_ages_at_their_limits(birth_date, disability, is_received, as_member, counsellor):
    values = typed(birth_date=birth_date)
    if disability:
        values["recognised_disability"] = disability
    response = as_member(counsellor).post(URL, values)
    assert Youth.objects.exists() == is_received
    if not is_received:
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"birth_date"}
        assert 'value="Benali"' in response.content.decode()


def test_the_disability_is_asked_only_where_it_decides(as_member, counsellor):
    client = as_member(counsellor)
    box = '<input type="checkbox" name="recognised_disability"'
    assert box not in client.post(URL, typed(birth_date=born(15))).content.decode()
    assert box in client.post(URL, typed(birth_date=born(27))).content.decode()


@pytest.mark.parametrize("phone", ["n'importe quoi", "12", "0" * 40])
def test_a_number_that_is_none_is_refused(phone, as_member, counsellor):
    response = as_member(counsellor).post(URL, typed(phone=phone))
    assert "phone" in response.context["form"].errors
    assert not Youth.objects.exists()


def test_a_possible_duplicate_is_confirmed_first(as_member, counsellor):
    known = YouthFactory(organisation=counsellor.organisation, last_name="BENALI", first_name="Yànis")
    client, values = as_member(counsellor), typed()
    response = client.post(URL, values)
    assert response.status_code == 422
    assert response.context["duplicates"] == [known]
    assert 'name="confirmed"' in response.content.decode()
    assert AuditEntry.objects.latest("moment").subject_ids == [str(known.pk)]
    client.post(URL, values | {"confirmed": "yes"})
    assert Youth.objects.count() == 2


def test_duplicates_show_while_typing(as_member, counsellor):
    known = YouthFactory(organisation=counsellor.organisation, last_name="Benali", first_name="Yanis")
    names = {"last_name": "benali", "first_name": "YANIS"}
    answer = as_member(counsellor).post("/youths/duplicates/", names, headers=HTMX)
    assert known.get_absolute_url() in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert not {"HX-Replace-Url", "HX-Push-Url"} & answer.headers.keys()  # the form stays where it is


def test_a_name_with_a_null_character_is_refused_in_words(as_member, counsellor):
    """PostgreSQL cannot even look for it."""
    names = {"last_name": "Ben\0ali", "first_name": "Yanis"}
    assert as_member(counsellor).post("/youths/duplicates/", names, headers=HTMX).status_code == 200
    response = as_member(counsellor).post(URL, typed(**names))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"last_name"}
    assert response.context["duplicates"] == []


def test_another_structures_people_are_no_duplicates(as_member, counsellor, stranger_counsellor):
    YouthFactory(organisation=stranger_counsellor.organisation, last_name="Benali", first_name="Yanis")
    as_member(counsellor).post(URL, typed())
    assert Youth.objects.filter(organisation=counsellor.organisation).count() == 1


def test_only_colleagues_can_be_named(as_member, counsellor, stranger_counsellor, agent):
    for outsider in (stranger_counsellor, agent):
        response = as_member(counsellor).post(URL, typed(referent=outsider.pk))
        assert "referent" in response.context["form"].errors
    assert not Youth.objects.exists()


@pytest.mark.parametrize("role", ["reception", "agent", "network", "volunteer", "administrator"])
def test_only_staff_opens_files(role, request, as_member):
    client = as_member(request.getfixturevalue(role))
    assert client.get(URL).status_code == client.post(URL, typed()).status_code == 403
    assert not Youth.objects.exists()


def test_an_empty_form_names_its_fields_and_no_constraint(as_member, counsellor):
    response = as_member(counsellor).post(URL, typed(last_name="", first_name=""))
    assert response.context["form"].errors.keys() == {"last_name", "first_name"}
