"""The limit of a token is one for all processes: counted where they all write."""

import uuid

import pytest
from django.db import connection

from accounts.guessing import PLACE, Attempt, TooManyGuesses
from accounts.models import Guesses, Usage
from tests.races.at_once import at_once, errors

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_call_is_lost_between_processes():
    caller = uuid.uuid4()

    def call():
        return [Usage.count_call(caller, 7)[0] for _call in range(10)]

    counted = at_once(*[call] * 8)
    assert sorted(number for numbers in counted for number in numbers) == list(range(1, 81))


def test_another_minute_begins_anew():
    caller = uuid.uuid4()
    assert Usage.count_call(caller, 7) == (1, 0)
    Usage.count_rows(caller, 500)
    assert Usage.count_call(caller, 7) == (2, 500)
    assert Usage.count_call(caller, 8) == (1, 0)
    assert Usage.objects.count() == 1
    assert connection.vendor in {"sqlite", "postgresql"}


def test_a_hundred_guesses_at_once_are_a_hundred(rf):
    """Each is counted before it is looked at: none slips through while another is being looked at."""

    def guess():
        Attempt(rf.post("/", REMOTE_ADDR="203.0.113.1"), "personne@test.example")

    refused = errors(at_once(*[guess] * 20))
    assert refused == [TooManyGuesses] * (20 - PLACE.free)


def test_one_account_guessed_from_many_networks_at_once_meets_no_deadlock(rf):
    def guess(number):
        return lambda: Attempt(rf.post("/", REMOTE_ADDR=f"203.0.113.{number}"), "personne@test.example")

    assert errors(at_once(*[guess(number) for number in range(16)])) == []
    assert sorted(Guesses.objects.values_list("wrong", flat=True))[-1] == 16
