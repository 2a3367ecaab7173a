import uuid

import pytest

from tests.factories import YouthFactory
from youths.models import Reminder, Youth

pytestmark = pytest.mark.django_db


def test_the_rows_with_one_of_the_ids_and_no_other():
    one, other, third = (YouthFactory() for _turn in range(3))
    assert set(Youth.objects.filter(pk__among={one.pk, other.pk})) == {one, other}
    assert set(Youth.objects.exclude(pk__among=[third.pk])) == {one, other}


def test_of_none_there_are_none():
    YouthFactory()
    assert not Youth.objects.filter(pk__among=[])
    assert not Reminder.objects.filter(youth__among=())


def test_ids_as_many_as_no_statement_takes_parameters():
    youth = YouthFactory()
    many = [uuid.uuid4() for _turn in range(300_000)]
    assert not Youth.objects.filter(pk__among=many)
    assert list(Youth.objects.filter(pk__among=[*many, youth.pk])) == [youth]
