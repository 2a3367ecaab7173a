"""Clicks on one form with a file, newer versions, a withdrawal beside a newer version: one order or the other."""

from functools import partial

import pytest
from django.core.files.storage import default_storage

from common.errors import Stale, WrongStatus
from exchange.documents.actions import add, withdraw
from exchange.models import Document
from tests import papers
from tests.races.at_once import at_once, errors

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def click(youth, by, replaces=None, **named):
    document = Document(title="CV", kind="cv", audience="structure", **named)
    return partial(add, document, papers.sent(papers.PDF), to=youth, by=by, replaces=replaces)


def lying() -> set[str]:
    days = default_storage.listdir("documents")[0]
    return {
        f"documents/{day}/{name}" for day in days for name in default_storage.listdir(f"documents/{day}")[1]
    }


def with_files() -> set[str]:
    return set(Document.objects.with_their_files().values_list("file", flat=True))


def test_clicks_at_once_keep_one_document_and_one_file(youth, counsellor):
    pk = Document().pk
    outcomes = at_once(*[click(youth, counsellor, id=pk) for _ in range(4)])
    assert errors(outcomes) == []
    assert {outcome.pk for outcome in outcomes} == {pk}
    assert lying() == with_files()
    assert Document.objects.count() == 1


def test_of_newer_versions_at_once_one_stands(youth, counsellor, colleague):
    first = click(youth, counsellor)()
    outcomes = at_once(click(youth, counsellor, first), click(youth, colleague, first))
    assert errors(outcomes) == [WrongStatus]
    assert Document.objects.on(youth).current().count() == 1
    assert lying() == with_files()


def test_a_withdrawal_and_a_newer_version_at_once_leave_one_current_document_at_most(youth, counsellor):
    for _attempt in range(4):
        first = click(youth, counsellor)()
        second = click(youth, counsellor, first)()
        newer, withdrawn = at_once(
            click(youth, counsellor, second),
            partial(withdraw, Document.objects.get(pk=second.pk), by=counsellor),
        )
        assert isinstance(newer, Document | WrongStatus), newer
        assert withdrawn is None or isinstance(withdrawn, Stale), withdrawn
        assert isinstance(newer, Document) == isinstance(withdrawn, Stale)
        assert Document.objects.filter(series=first.series).current().count() == 1
        assert lying() == with_files()
