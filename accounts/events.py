"""The only writer of events, and the words in which records are quoted there."""

import json

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.module_loading import import_string

from accounts.models import Event, Membership

NOT_QUOTED = {"id", "version", "created_at", "updated_at", "search", "search_outside", "found_by", "file"}


def record(verb, subject, *, by: Membership | None, before=None, after=None, about=None) -> Event:
    """Write what happened, in the transaction of the act itself.

    `by` is None only for what the software does on its own; `about` is the record a reader would
    look at, the subject itself by default; `before` and `after` hold the values that changed.
    What stands in `EVENT_FOLLOWERS` writes what follows from it, in the same transaction.
    """
    about = about or subject
    event = Event.objects.create(
        by=by,
        organisation_id=by.organisation_id if by else None,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        about_type=about._meta.label_lower,
        about_id=about.pk,
        before=quotable(before or {}),
        after=quotable(after or {}),
    )
    for follower in settings.EVENT_FOLLOWERS:
        import_string(follower)(event, subject)
    return event


def values_of(instance: models.Model) -> dict:
    """A record's own columns, ready to be quoted in an event."""
    fields = instance._meta.concrete_fields
    return {f.name: f.value_from_object(instance) for f in fields if f.name not in NOT_QUOTED}


def quotable(values: dict) -> dict:
    """The same values as JSON holds them: dates, identifiers and models become text."""
    plain = {k: v.pk if isinstance(v, models.Model) else v for k, v in values.items()}
    return json.loads(json.dumps(plain, cls=DjangoJSONEncoder))
