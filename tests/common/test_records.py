"""A record is written under its version: nobody's words are lost in silence."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organisation
from common.errors import Stale
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return OrganisationFactory(name="Avant")


def anew(record):
    return Organisation.objects.get(pk=record.pk)


def test_a_write_counts(record):
    record.write(name="Après")
    assert (record.name, record.version) == ("Après", 2) == (anew(record).name, anew(record).version)
    assert anew(record).updated_at > anew(record).created_at


def test_the_second_of_two_writes_is_refused_with_what_stands(record):
    mine, theirs = anew(record), anew(record)
    mine.write(name="Le mien")
    with pytest.raises(Stale) as told:
        theirs.write(name="Le leur")
    assert told.value.current.name == "Le mien"
    assert theirs.name == "Avant", "the refused copy must not pretend"
    assert anew(record).version == 2


def test_a_write_is_narrowed_further(record):
    with pytest.raises(Stale):
        record.write(where={"name": "Autre"}, name="Après")
    record.write(where={"name": "Avant"}, name="Après")
    assert anew(record).name == "Après"


def test_a_vanished_record_is_told_too(record):
    Organisation.objects.filter(pk=record.pk).delete()
    with pytest.raises(Stale) as told:
        record.write(name="Après")
    assert told.value.current is None


def test_save_does_not_change_a_record(record):
    record.name = "Après"
    with pytest.raises(TypeError):
        record.save()
    assert anew(record).name == "Avant"


def test_the_same_id_is_not_written_over(record):
    """Without `force_insert` Django would UPDATE the row of the first click."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation(pk=record.pk, kind=record.kind, name="Autre", short_name="autre").save()
    assert anew(record).name == "Avant"


def test_a_childs_write_counts_as_its_roots(record):
    copy = anew(record)
    Organisation.bump(record.pk)
    with pytest.raises(Stale):
        copy.write(name="Après")
