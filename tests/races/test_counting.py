"""The limit of a token is one for all processes: counted where they all write."""

import uuid

import pytest
from django.db import connection

from accounts.models import Usage
from tests.races.at_once import at_once

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
