"""Single records: ETags, changes with If-Match, accompaniments noted once."""

import uuid

import pytest

from accounts.models import AuditEntry, Event
from common import clock
from referrals.workflow import Status
from tests.api.problems import assert_problem
from tests.factories import AccompanimentFactory, ReferralFactory, SiteFactory, ThemeFactory, YouthFactory
from youths.models import Accompaniment, Youth

SOMEBODY = "5f6f0c5e-0000-4000-8000-000000000000"  # the same in every process that collects the tests


@pytest.fixture
def caller(as_caller, counsellor):
    return as_caller(counsellor)


@pytest.fixture
def tag(caller, youth):
    return caller.get(f"youths/{youth.pk}/")["ETag"]


def test_moments_are_utc_and_dates_plain(caller, youth):
    shown = caller.get(f"youths/{youth.pk}/").json()
    assert shown["created_at"].endswith("Z")
    assert shown["birth_date"] == f"{youth.birth_date:%Y-%m-%d}"


def test_what_is_unchanged_is_not_sent_again(caller, youth, tag):
    again = caller.get(f"youths/{youth.pk}/", If_None_Match=f'"0-00", W/{tag}')
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == tag


def test_an_answer_is_kept_by_its_caller_alone(caller, youth):
    answer = caller.get(f"youths/{youth.pk}/")
    assert {"private", "no-store"} == set(answer["Cache-Control"].split(", "))
    assert {"Authorization", "Cookie"} <= set(answer["Vary"].split(", "))


# Changes.


def test_a_change_names_the_version_it_is_based_on(caller, counsellor, youth, tag):
    answer = caller.patch(f"youths/{youth.pk}/", {"commune": "Marseille"}, If_Match=tag)
    assert answer.status_code == 200
    assert answer.json()["commune"] == "Marseille"
    assert answer["ETag"] != tag
    event = Event.objects.get(subject_id=youth.pk, verb="changed")
    assert (event.by, event.before, event.after) == (counsellor, {"commune": ""}, {"commune": "Marseille"})


@pytest.mark.parametrize("named", [None, "", "*"])
def test_a_change_without_a_version_is_refused(caller, youth, named):
    headers = {} if named is None else {"If_Match": named}
    assert_problem(caller.patch(f"youths/{youth.pk}/", {"commune": "Marseille"}, **headers), 428)


@pytest.mark.parametrize("named", ['"99-abcd"', "rubbish", '"abc"', '"-1-00"'])
def test_a_change_of_another_version_is_refused(caller, youth, named):
    answer = caller.patch(f"youths/{youth.pk}/", {"commune": "Marseille"}, If_Match=named)
    assert_problem(answer, 412, "stale")
    assert Youth.objects.get(pk=youth.pk).commune == ""


def test_two_editors_do_not_overwrite_each_other(caller, as_caller, colleague, youth, tag):
    assert caller.patch(f"youths/{youth.pk}/", {"commune": "Marseille"}, If_Match=tag).status_code == 200
    late = as_caller(colleague).patch(f"youths/{youth.pk}/", {"commune": "Aubagne"}, If_Match=tag)
    assert_problem(late, 412, "stale")


def test_sending_the_same_change_again_succeeds(caller, youth, tag):
    for _ in range(2):
        answer = caller.patch(f"youths/{youth.pk}/", {"commune": "Marseille"}, If_Match=tag)
        assert answer.status_code == 200
    assert Event.objects.filter(subject_id=youth.pk, verb="changed").count() == 1


def test_a_changed_name_is_found(caller, youth, tag):
    caller.patch(f"youths/{youth.pk}/", {"last_name": "Œuvrard"}, If_Match=tag)
    assert caller.ids("youths/?q=oeuvrard") == {str(youth.pk)}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("birth_date", "1990-13-01"),
        ("last_name", ""),
        ("last_name", "x" * 101),
        ("first_name", "a\x00b"),
        ("gender", "unknown"),
        ("phone", "call me"),
        ("email", "nowhere"),
        ("site", "Elsewhere"),
        ("recognised_disability", True),
        ("organisation", SOMEBODY),
        ("id", SOMEBODY),
        ("referent", SOMEBODY),
        ("commune_insee", 13055),
        ("mobility", False),
        ("interpreter", "no"),
        ("protected_address", 0),
        ("birth_date", 20080101),
        ("search", "x"),
        ("version", 1),
    ],
)
def test_a_value_that_the_file_does_not_take_is_refused(caller, youth, tag, field, value):
    SiteFactory(name="Elsewhere")
    assert_problem(caller.patch(f"youths/{youth.pk}/", {field: value}, If_Match=tag), 400, fields=[field])


def test_a_site_is_named(caller, youth, tag):
    SiteFactory(organisation=youth.organisation, name="Nord")
    changed = caller.patch(
        f"youths/{youth.pk}/", {"site": "Nord", "phone": "0612345678"}, If_Match=tag
    ).json()
    assert (changed["site"], changed["phone"]) == ("Nord", "06 12 34 56 78")


@pytest.mark.parametrize(
    ("who", "status"), [("reception", 403), ("stranger_counsellor", 404), ("agent", 404)]
)
def test_others_do_not_change_a_file(request, as_caller, youth, tag, who, status):
    other = as_caller(request.getfixturevalue(who))
    answer = other.patch(f"youths/{youth.pk}/", {"commune": "x"}, If_Match=tag)
    assert_problem(answer, status, "not_permitted" if status == 403 else "")


# Accompaniments.


def test_an_accompaniment_is_noted_as_on_the_page(caller, counsellor, youth):
    theme = ThemeFactory(slug="mobility")
    body = {
        "youths": [str(youth.pk)],
        "kind": "interview",
        "minutes": 30,
        "place": "structure",
        "themes": ["mobility"],
        "text": "Permis : le code est passé.",
        "next_step": "Rappeler l’auto-école",
        "next_on": f"{clock.today() + clock.ONE_DAY:%Y-%m-%d}",
    }
    answer = caller.post("accompaniments/", body)
    assert answer.status_code == 201, answer.content
    noted = Accompaniment.objects.get()
    assert answer["Location"].endswith(f"/api/v1/accompaniments/{noted.pk}/")
    assert body.items() <= answer.json().items()
    assert (noted.author, list(noted.themes.all())) == (counsellor, [theme])
    assert youth.follow_up.last_contact_at == noted.happened_at
    assert caller.get(f"accompaniments/{noted.pk}/").json() == answer.json()


def test_a_whole_number_may_be_written_with_a_point(caller, youth):
    body = {"youths": [str(youth.pk)], "kind": "call", "minutes": 30.0}
    assert caller.post("accompaniments/", body).json()["minutes"] == 30


def test_sent_twice_with_the_same_id_it_is_noted_once(caller, youth):
    body = {"id": str(uuid.uuid4()), "youths": [str(youth.pk)], "kind": "call", "text": "A rappelé."}
    first, second = (caller.post("accompaniments/", body) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Event.objects.filter(subject_id=body["id"]).count() == 1


def test_the_same_id_with_another_text_is_refused(caller, as_caller, stranger_counsellor, youth):
    body = {"id": str(uuid.uuid4()), "youths": [str(youth.pk)], "kind": "call", "text": "A rappelé."}
    caller.post("accompaniments/", body)
    assert_problem(caller.post("accompaniments/", {**body, "text": "Autre."}), 409, "already_saved")
    theirs = YouthFactory(organisation=stranger_counsellor.organisation)
    answer = as_caller(stranger_counsellor).post("accompaniments/", {**body, "youths": [str(theirs.pk)]})
    assert_problem(answer, 409, "already_saved")
    assert "rappelé" not in answer.content.decode()


def test_a_partner_notes_for_those_who_are_shared_with_it(
    as_caller, counsellor, agent, partner, agreement, youth
):
    body = {"youths": [str(youth.pk)], "kind": "call", "audience": "team"}
    answer = as_caller(agent).post("accompaniments/", body)
    assert_problem(answer, 400, fields=["youths"])
    ReferralFactory(
        sender=counsellor.organisation,
        recipient=partner,
        youth=youth,
        agreement=agreement,
        status=Status.ACCEPTED,
    )
    noted = as_caller(agent).post("accompaniments/", body)
    assert noted.status_code == 201
    assert noted.json()["audience"] == "partner"
    assert as_caller(counsellor).ids("accompaniments/") == {noted.json()["id"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("youths", []),
        ("youths", ["x"]),
        ("youths", None),
        ("youths", [SOMEBODY]),
        ("kind", "telepathy"),
        ("minutes", -1),
        ("minutes", "ten"),
        ("minutes", 10**12),
        ("minutes", "30"),
        ("minutes", 30.5),
        ("minutes", True),
        ("made", "yes"),
        ("text", 5),
        ("id", 5),
        ("youths", [5]),
        ("themes", ["unknown"]),
        ("themes", "mobility"),
        ("happened_at", "2999-01-01T00:00:00Z"),
        ("happened_at", "yesterday"),
        ("next_on", "2020-01-01"),
        ("audience", "everyone"),
        ("organisation", "x"),
        ("next_done_at", "2026-01-01T00:00:00Z"),
    ],
)
def test_a_value_that_an_accompaniment_does_not_take_is_refused(caller, youth, field, value):
    body = {"youths": [str(youth.pk)], "kind": "call", field: value}
    problem = caller.post("accompaniments/", body)
    assert problem.status_code == 400, problem.content
    assert any(name.partition(".")[0] == field for name in problem.json()["errors"])
    assert not Accompaniment.objects.exists()


def test_a_rule_of_several_fields_is_told_in_the_detail(caller, youth):
    body = {"youths": [str(youth.pk)], "kind": "call", "next_step": "Rappeler"}
    problem = assert_problem(caller.post("accompaniments/", body), 400)
    assert problem["detail"].strip()


# What is read is written down.


def test_a_single_record_is_written_down(caller, counsellor, youth):
    caller.get(f"youths/{youth.pk}/")
    entry = AuditEntry.objects.get(route="api:youth-detail")
    assert (entry.by, entry.subject_type, entry.subject_ids) == (counsellor, "youths.youth", [str(youth.pk)])


def test_a_304_is_written_down_too(caller, youth, tag):
    caller.get(f"youths/{youth.pk}/", If_None_Match=tag)
    assert AuditEntry.objects.filter(route="api:youth-detail").count() == 2


def test_a_list_is_written_down_with_its_filters_but_not_what_was_typed(caller, youth):
    caller.get("youths/?q=benali&page_size=10")
    entry = AuditEntry.objects.get(route="api:youth-list")
    assert (entry.filters, entry.subject_ids) == (["q"], [str(youth.pk)])


def test_the_young_persons_of_other_records_are_written_down(caller, counsellor, youth):
    AccompanimentFactory(author=counsellor, youths=[youth])
    caller.get("accompaniments/")
    read = dict(AuditEntry.objects.values_list("subject_type", "subject_ids"))
    assert read["youths.youth"] == [str(youth.pk)]


def test_a_read_that_cannot_be_written_down_does_not_leave(caller, youth, monkeypatch):
    def fails(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(AuditEntry.objects, "bulk_create", fails)
    with pytest.raises(OSError, match="disk"):
        caller.get(f"youths/{youth.pk}/")


def test_what_was_refused_is_not_written_down_as_read(as_caller, agent, youth):
    as_caller(agent).get(f"youths/{youth.pk}/")
    assert not AuditEntry.objects.exists()
