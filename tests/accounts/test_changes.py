"""Created once, changed never over somebody else's words."""

import datetime

import pytest
from django.db import IntegrityError

from accounts import changes
from accounts.models import Event
from common import clock
from common.errors import Stale
from tests.factories import YouthFactory
from youths.models import Youth

pytestmark = pytest.mark.django_db

NAMED = {"first_name": "Inès", "last_name": "Morel", "birth_date": datetime.date(2006, 3, 1)}


def new(mission_locale, **values):
    return Youth(organisation=mission_locale, **{**NAMED, **values})


def test_creating_writes_the_record_and_its_event(mission_locale, counsellor):
    youth = changes.create(new(mission_locale), by=counsellor)
    event = Event.objects.get(subject_id=youth.pk)
    assert (event.verb, event.by) == ("created", counsellor)
    assert event.after["last_name"] == "Morel"
    assert not {"id", "version", "created_at", "updated_at", "search"} & event.after.keys()


def test_a_double_click_makes_one_record(mission_locale, counsellor):
    first = changes.create(new(mission_locale), by=counsellor)
    second = changes.create(new(mission_locale, pk=first.pk), by=counsellor)
    assert second == first
    assert second is not first
    assert Youth.objects.count() == Event.objects.count() == 1


def test_the_same_id_with_other_content_is_told(mission_locale, counsellor):
    first = changes.create(new(mission_locale), by=counsellor)
    with pytest.raises(Stale) as told:
        changes.create(new(mission_locale, pk=first.pk, phone="0600000000"), by=counsellor)
    assert told.value.current == first


def test_the_same_id_by_someone_else_is_told(mission_locale, counsellor, colleague):
    first = changes.create(new(mission_locale), by=counsellor)
    with pytest.raises(Stale):
        changes.create(new(mission_locale, pk=first.pk), by=colleague)


def test_another_broken_constraint_is_no_double_click(mission_locale, counsellor):
    with pytest.raises(IntegrityError):
        changes.create(new(mission_locale, first_name=""), by=counsellor)
    assert not Event.objects.exists()


def test_a_record_taken_up_again_after_changes_is_still_the_same_click(mission_locale, counsellor):
    """The form's second click arrives late: what counts is what was created, not what stands now."""
    first = changes.create(new(mission_locale), by=counsellor)
    changes.change(first, by=counsellor, phone="0600000000")
    assert changes.create(new(mission_locale, pk=first.pk), by=counsellor) == first


# Changing.


@pytest.fixture
def record(mission_locale):
    return YouthFactory(organisation=mission_locale, phone="0600000001", mobility="Permis B")


def anew(record):
    return Youth.objects.get(pk=record.pk)


def test_a_change_quotes_what_differs(record, counsellor):
    assert changes.change(record, by=counsellor, phone="0600000002", mobility="Permis B")
    event = Event.objects.get(subject_id=record.pk)
    assert (event.verb, event.before, event.after) == (
        "changed",
        {"phone": "0600000001"},
        {"phone": "0600000002"},
    )
    assert (anew(record).phone, anew(record).version) == ("0600000002", 2)


def test_saving_what_stands_changes_nothing(record, counsellor):
    assert not changes.change(record, by=counsellor, phone="0600000001")
    assert anew(record).version == 1
    assert not Event.objects.exists()


def test_the_second_of_two_sees_what_the_first_wrote(record, counsellor, colleague):
    mine, theirs = anew(record), anew(record)
    changes.change(mine, by=counsellor, phone="0600000002")
    with pytest.raises(Stale) as told:
        changes.change(theirs, by=colleague, phone="0600000003")
    assert told.value.current.phone == "0600000002"
    assert anew(record).phone == "0600000002"
    changes.change(told.value.current, by=colleague, phone="0600000003")
    assert anew(record).phone == "0600000003"


def test_the_version_read_is_what_counts_not_the_one_loaded(record, counsellor, colleague):
    """A form carries the version it was drawn from; the row is loaded anew when it is sent."""
    changes.change(anew(record), by=counsellor, phone="0600000002")
    with pytest.raises(Stale):
        changes.change(anew(record), by=colleague, expected=1, phone="0600000003")


def test_ones_own_repeat_succeeds(record, counsellor):
    first, second = anew(record), anew(record)
    assert changes.change(first, by=counsellor, phone="0600000002")
    assert not changes.change(second, by=counsellor, expected=1, phone="0600000002")
    assert anew(record).version == 2
    assert Event.objects.count() == 1


def test_someone_elses_same_words_are_no_repeat(record, counsellor, colleague):
    changes.change(anew(record), by=colleague, phone="0600000002")
    with pytest.raises(Stale):
        changes.change(anew(record), by=counsellor, expected=1, phone="0600000002")


def test_a_repeat_that_differs_is_told(record, counsellor):
    changes.change(anew(record), by=counsellor, phone="0600000002")
    with pytest.raises(Stale):
        changes.change(anew(record), by=counsellor, expected=1, phone="0600000003")


def test_the_last_author_is_told_by_the_clock(record, counsellor, colleague):
    with clock.at(clock.now() - datetime.timedelta(2)):
        changes.change(anew(record), by=counsellor, phone="0600000002")
    with clock.at(clock.now() - datetime.timedelta(1)):
        changes.change(anew(record), by=colleague, phone="0600000003")
    with pytest.raises(Stale):
        changes.change(anew(record), by=counsellor, expected=1, phone="0600000003")
