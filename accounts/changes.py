"""How records are created and changed: once, never over somebody else's words, and with an event."""

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField
from django.utils.translation import gettext as _

from accounts import events
from accounts.models import Event
from common.errors import Stale


def create(record, *, by, about=None, linked=None):
    """Insert the record and its event; a double click gives back the first click's record.

    `linked` are the ids of the records that the caller ties to it, by field: they are part of what was typed.
    Raises `Stale` when the id is already taken by other content or another author.
    """
    try:
        with transaction.atomic():
            record.save()
            events.record("created", record, by=by, after=typed_values(record, linked), about=about)
    except IntegrityError:
        stored = already_created(record, by=by, linked=linked)
        if stored is None:
            raise
        return stored
    return record


def already_created(record, *, by, linked=None):
    """The stored record if this author has created the same one before, None when the id is free."""
    stored = type(record)._base_manager.filter(pk=record.pk).first()
    if stored is None:
        return None
    first = Event.objects.filter(subject_id=record.pk, verb="created", by=by).first()
    typed = events.quotable(typed_values(record, linked))
    if first and as_typed(record, first.after) == as_typed(record, typed):
        return stored
    raise Stale(_("This was already saved with other content. Open it to change it."), stored)


def change(record, *, by, expected=None, about=None, **values):
    """Write what differs, if the version is still the one that was read; returns whether anything changed.

    Raises `Stale` when someone else wrote in between. The same author saving the same again succeeds.
    """
    expected = record.version if expected is None else expected
    before = {name: getattr(record, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed and expected == record.version:
        return False
    try:
        with transaction.atomic():
            record.write(expected=expected, **values)
            before = {name: before[name] for name in changed}
            events.record("changed", record, by=by, before=before, after=changed, about=about)
    except Stale as stale:
        if is_own_repeat(stale.current, values, by):
            return False
        raise
    return True


def is_own_repeat(current, values, by) -> bool:
    """Whether the last author is this one and what stands now is what they are saving again."""
    if current is None or any(getattr(current, name) != value for name, value in values.items()):
        return False
    last = Event.objects.filter(subject_id=current.pk).order_by("-moment").first()
    return last is not None and last.by_id == by.pk


def typed_values(record, linked) -> dict:
    """The record's columns, and the ids it is tied to in an order that does not depend on the click."""
    return events.values_of(record) | {name: sorted(map(str, pks)) for name, pks in (linked or {}).items()}


def as_typed(record, values: dict) -> dict:
    """Without the moments, which default to now and differ between the two clicks of one person."""
    moments = {f.name for f in record._meta.concrete_fields if isinstance(f, DateTimeField)}
    return {name: value for name, value in values.items() if name not in moments}
