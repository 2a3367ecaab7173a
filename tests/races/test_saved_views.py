"""Of those who give one name at once one wins; whoever chooses a view while it is deleted is told."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from common.errors import WrongStatus
from exchange.models import DefaultView, SavedView
from exchange.saved.actions import change_view, delete_view, save_view
from tests.factories import MembershipFactory, SavedViewFactory
from tests.races.at_once import at_once, errors

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_eight_who_share_one_name_one_does(mission_locale):
    members = [MembershipFactory(organisation=mission_locale) for _ in range(8)]
    views = [SavedView(listing="youths", name=name, is_shared=True) for name in ("Vue", "VUE") * 4]
    outcomes = at_once(*(partial(save_view, view, by=by) for view, by in zip(views, members, strict=True)))
    assert errors(outcomes) == [ValidationError] * 7
    assert SavedView.objects.count() == 1


def test_eight_defaults_at_once_are_one(counsellor):
    views = [SavedViewFactory(author=counsellor) for _ in range(8)]
    outcomes = at_once(*(partial(change_view, view, by=counsellor, is_default=True) for view in views))
    assert errors(outcomes) == []
    assert DefaultView.objects.count() == 1


def test_whoever_chooses_a_view_while_it_is_deleted_is_told(counsellor, mission_locale):
    for _ in range(5):
        view = SavedViewFactory(author=counsellor)
        others = [MembershipFactory(organisation=mission_locale) for _ in range(4)]
        chosen = [partial(change_view, view, by=other, is_default=True) for other in others]
        outcomes = at_once(partial(delete_view, view, by=counsellor), *chosen)
        assert set(errors(outcomes)) <= {WrongStatus}
        assert not SavedView.objects.exists()
        assert not DefaultView.objects.exists()


def test_a_view_deleted_meanwhile_is_no_fault(as_member, counsellor):
    view = SavedViewFactory(author=counsellor)
    SavedView.objects.all().delete()
    with pytest.raises(WrongStatus):
        change_view(view, by=counsellor, name="Autre")
