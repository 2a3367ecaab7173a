"""Frozen figures equal what plain SQL counts, and stay as they are."""

import statistics

import pytest
from django.db import connection

from common import clock
from evaluations.actions import open_evaluation
from evaluations.figures import digest_of
from evaluations.models import Evaluation
from evaluations.sentences import answered
from referrals.models import Referral
from tests.evaluations.conftest import AFTER, REFERRALS, at_noon, refer
from tests.factories import YouthFactory

OF_THE_YEAR = """
    FROM referrals_referral r
    JOIN partnerships_agreement a ON a.id = r.agreement_id
    JOIN youths_youth y ON y.id = r.youth_id
    LEFT JOIN partnerships_serviceoffer o ON o.id = r.offer_id
    LEFT JOIN partnerships_theme t ON t.id = o.theme_id
    WHERE a.title = 'Charte de bonnes pratiques des Deux-Rives'
    AND r.sent_at >= '2025-03-09 23:00:00' AND r.sent_at < '2026-03-09 23:00:00'
"""


def ask(select, where=""):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {select} {OF_THE_YEAR} {where}")
        return cursor.fetchall()


def count(where="", what="*"):
    return ask(f"COUNT({what})", where)[0][0]


def value(evaluation, key):
    return evaluation.figures["indicators"][key]["value"]


@pytest.mark.parametrize(
    ("key", "where"),
    [
        ("referrals_sent", ""),
        (
            "referrals_answered",
            "AND r.status IN ('accepted', 'declined', 'under_way', 'completed', 'stopped')",
        ),
        ("referrals_accepted", "AND r.status IN ('accepted', 'under_way', 'completed', 'stopped')"),
        ("referrals_declined", "AND r.status = 'declined'"),
        ("referrals_unanswered", "AND r.status = 'sent'"),
        ("referrals_cancelled", "AND r.status = 'cancelled'"),
        ("referrals_under_way", "AND r.status IN ('accepted', 'under_way')"),
        ("referrals_ended", "AND r.status IN ('completed', 'stopped')"),
        (
            "positive_outcomes",
            "AND r.outcome IN ('work', 'apprenticeship', 'training', 'enterprise', 'step_done')",
        ),
    ],
)
def test_acts_equal_sql(evaluation, key, where):
    assert value(evaluation, key) == count(where) > 0


def test_people_are_counted_once(evaluation):
    assert value(evaluation, "people") == count(what="DISTINCT r.youth_id") == len(REFERRALS)
    assert count() == len(REFERRALS) + 1


@pytest.mark.parametrize(
    ("key", "column"), [("declines_by_reason", "decline_reason"), ("outcomes", "outcome")]
)
def test_tables_of_acts_equal_sql(evaluation, key, column):
    found = dict(ask(f"r.{column}, COUNT(*)", f"AND r.{column} <> '' GROUP BY r.{column}"))
    assert {part: number for part, number in value(evaluation, key) if number} == found


def test_themes_equal_sql(evaluation):
    found = ask("COALESCE(t.name, ''), COUNT(*)", "GROUP BY t.name")
    assert sorted(map(tuple, value(evaluation, "referrals_by_theme"))) == sorted(found)


def test_months_add_up(evaluation):
    months = value(evaluation, "referrals_by_month")
    assert [first for first, _number in months][:2] == ["2025-03-10", "2025-04-10"]
    assert len(months) == 12
    assert sum(number for _first, number in months) == count()
    assert months[0][1] == count("AND r.sent_at < '2025-04-09 22:00:00'") == 2
    accepted = value(evaluation, "accepted_by_month")
    assert sum(number for _first, number in accepted) == value(evaluation, "referrals_accepted")


def test_answer_times_equal_python(evaluation):
    hours = [hours for _status, _days, hours, _word in REFERRALS if hours is not None] + [20]
    assert value(evaluation, "answer_days") == round(statistics.median(hours) / 24, 1)
    delays = dict(value(evaluation, "answer_delays"))
    limits = {"2": (0, 48), "7": (48, 168), "14": (168, 336), "30": (336, 720), "more": (720, 9999)}
    for name, (lower, upper) in limits.items():
        assert delays[name] == len([h for h in hours if lower < h <= upper])


def test_shared_contacts_are_those_made_by_either_side(evaluation, lead, counsellor):
    assert value(evaluation, "shared_contacts") == [
        [lead.organisation.name, 2],
        [counsellor.organisation.name, 1],
    ]


def test_people_by_age_equal_sql_where_they_are_shown(evaluation):
    bands = {
        "under_18": "AND y.birth_date > '2008-03-09'",
        "18_21": "AND y.birth_date <= '2008-03-09' AND y.birth_date > '2004-03-09'",
        "22_25": "AND y.birth_date <= '2004-03-09' AND y.birth_date > '2000-03-09'",
        "over_25": "AND y.birth_date <= '2000-03-09'",
    }
    counted = {name: count(where, "DISTINCT r.youth_id") for name, where in bands.items()}
    assert counted == {"under_18": 2, "18_21": 7, "22_25": 8, "over_25": 1}
    # Two are small; the smallest of the others goes with them.
    assert dict(value(evaluation, "people_by_age")) == {**dict.fromkeys(bands), "22_25": 8}


def test_people_by_gender_equal_sql_where_they_are_shown(evaluation):
    women = count("AND y.gender = 'woman'", "DISTINCT r.youth_id")
    assert women == 11
    assert value(evaluation, "people_by_gender") == [["woman", women], ["man", None], ["other", None]]
    outside = evaluation.figures["indicators"]["people_by_gender"]["beyond"]
    assert outside == [["woman", None], ["man", None], ["other", None]]


def test_small_counts_are_not_even_stored(evaluation):
    stored = [evaluation.figures["indicators"][key] for key in ("people_by_age", "people_by_gender")]
    counts = [
        number
        for entry in stored
        for table in entry.values()
        if isinstance(table, list)
        for _p, number in table
    ]
    assert not [number for number in counts if number is not None and 0 < number < 5]


def test_figures_do_not_move_after_freezing(evaluation, charter, a_year, counsellor, director):
    before = evaluation.figures
    youth = YouthFactory(organisation=counsellor.organisation)
    refer(charter, youth, "sent", at_noon(30))
    Referral.objects.filter(status="sent").update(motive="Autre")
    assert open_evaluation(charter, 1, by=director) == evaluation
    evaluation.refresh_from_db()
    assert evaluation.figures == before
    assert evaluation.digest == digest_of(evaluation.figures)


def test_practices_and_parties_are_frozen_with_their_names(evaluation, charter, mission_locale, partner):
    charter.practices.update(state="applied")
    type(partner).objects.filter(pk=partner.pk).update(name="Autre nom")
    evaluation.refresh_from_db()
    assert [(p["field"], p["state"]) for p in evaluation.figures["practices"]] == [
        ("mobilising", "partly"),
        ("training", ""),
    ]
    assert [p["name"] for p in evaluation.figures["parties"]] == [mission_locale.name, "Maison des métiers"]


def test_the_next_year_compares_itself_with_this_one(evaluation, charter, director):
    with clock.at(clock.months_after(AFTER.date(), 12)):
        second = open_evaluation(charter, 2, by=director)
    assert value(second, "referrals_sent") == 1
    earlier = second.figures["earlier"]["indicators"]
    assert earlier["referrals_sent"]["value"] == value(evaluation, "referrals_sent")
    assert earlier["shared_contacts"]["value"] == 3
    assert Evaluation.objects.count() == 2


@pytest.mark.parametrize(("days", "words"), [(0.5, "0,5 jour "), (1.5, "1,5 jour "), (2.0, "2,0 jours ")])
def test_one_day_and_a_half_is_one_day_in_french(days, words):
    assert words in answered({"answer_days": days})
