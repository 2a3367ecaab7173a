"""Views are kept, changed and thrown away."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import events
from accounts.changes import change, create
from accounts.models import Membership
from common.errors import DomainError, NotPermitted, WrongStatus
from exchange.saved.models import MOST, DefaultView, SavedView


def save_view(view: SavedView, *, by: Membership, is_default=False) -> SavedView:
    """Keep these filters under a name of their own; a double click keeps them once.

    Raises `ValidationError` where the name is taken, `DomainError` where there are too many already.
    """
    view.author, view.organisation_id = by, by.organisation_id
    beside = SavedView.objects.beside(by, is_shared=view.is_shared).filter(listing=view.listing)
    if beside.exclude(pk=view.pk).count() >= MOST:
        raise DomainError(
            _("There are %(most)s views of this list already: delete one first.") % {"most": MOST}
        )
    with name_not_taken(), transaction.atomic():
        stored = create(view, by=by)
        choose(stored, by=by, is_default=is_default)
    return stored


def change_view(view: SavedView, *, by: Membership, is_default=False, expected=None, **values):
    """Another name, other filters, shared or not. Who may only read it chooses whether it opens the list.

    Raises `NotPermitted`, `Stale` when someone else was faster, `WrongStatus` when it was deleted, `ValidationError`
    where the name is taken.
    """
    if not view.is_changed_by(by):
        values = {}
    elif view.author_id != by.pk and not values.get("is_shared", True):
        raise NotPermitted(_("Only its author takes a shared view back."))
    with name_not_taken(), transaction.atomic():
        lock(view)
        if values:
            change(view, by=by, expected=expected, **values)
        choose(view, by=by, is_default=is_default)


def delete_view(view: SavedView, *, by: Membership):
    """For all who see it. Raises `NotPermitted`; deleting it twice is no mistake."""
    if not view.is_changed_by(by):
        raise NotPermitted(_("Only its author, or who runs the staff, deletes a shared view."))
    with transaction.atomic():
        locked = SavedView.objects.select_for_update().filter(pk=view.pk).first()
        if locked is None:
            return
        DefaultView.objects.filter(view=locked).delete()
        events.record("deleted", locked, by=by, before=events.values_of(locked))
        locked.delete()


def choose(view: SavedView, *, by: Membership, is_default: bool):
    """Open its list with this view, or no longer."""
    if not is_default:
        DefaultView.objects.filter(member=by, listing=view.listing, view=view).delete()
        return
    lock(view)
    DefaultView.objects.update_or_create(member=by, listing=view.listing, defaults={"view": view})


def lock(view: SavedView):
    """So that nobody deletes it before the transaction ends."""
    if SavedView.objects.select_for_update(no_key=True).filter(pk=view.pk).first() is None:
        raise WrongStatus(_("This view has just been deleted."))


@contextmanager
def name_not_taken():
    """What the constraints on names refuse is said beside the name."""
    try:
        yield
    except IntegrityError as error:
        if "savedview_named_once" not in str(error):
            raise
        raise ValidationError({"name": taken_words()}) from error


def taken_words() -> str:
    return _("There is a view of this name already.")
