"""The records that carry something, in the API: each kind under its own name, of which one is filled in."""

from collections.abc import Callable, Mapping

import django_filters
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.resources import PERSON, Resource

Kinds = Mapping[str, type[Model]]


def by_name(models) -> Kinds:
    """`{"youth": Youth, …}`, as the API calls them."""
    return {model._meta.model_name: model for model in models}


class OfRecords(Resource):
    """What records of several kinds carry: listed by one of them, or without one what the caller put there itself.

    `kinds` are those records; `about` says of one where it leads to the young person, if that is not itself.
    """

    kinds: Kinds
    about: Callable[[type[Model]], str]
    ordering = ("-created_at", "pk")
    is_personal = True

    def rows(self, member):
        return self.queryset.model.objects.visible_to(member).select_related("author")

    def filter_queryset(self, queryset):
        """Of one record all; otherwise one's own, which an index finds."""
        names_a_record = any(self.request.query_params.get(name) for name in self.kinds)
        if self.is_list and not names_a_record:
            queryset = queryset.filter(author=self.request.member)
        return super().filter_queryset(queryset)

    def people_in(self, bodies):
        return told_of(self.kinds, bodies, self.about)


class RecordId(serializers.UUIDField):
    """The id of the record that carries it, null where that is of another kind."""

    def __init__(self, model: type[Model], **options):
        self.kind = model._meta.label_lower
        super().__init__(required=False, allow_null=True, **options)

    def get_attribute(self, instance):
        return instance.subject_id if instance.subject_type == self.kind else None


def fields_of(kinds: Kinds) -> dict[str, RecordId]:
    return {name: RecordId(model) for name, model in kinds.items()}


def filters_of(kinds: Kinds, carried: type[Model]) -> type[django_filters.FilterSet]:
    """One filter for each kind of record, on the rows that these carry."""
    made = {name: Filter(field_name=model._meta.label_lower) for name, model in kinds.items()}
    meta = type("Meta", (), {"model": carried, "fields": []})
    return type("RecordFilter", (django_filters.FilterSet,), {**made, "Meta": meta})


class Filter(django_filters.UUIDFilter):
    def filter(self, rows: QuerySet, value) -> QuerySet:
        return rows.filter(subject_type=self.field_name, subject_id=value) if value else rows


def record_named(kinds: Kinds, values: dict, member) -> Model:
    """Take the names of the kinds out of the values, and find the one that was filled in.

    Raises a 400 where none or several are, or where the member does not see it.
    """
    filled = {name: pk for name in kinds if (pk := values.pop(name, None))}
    if len(filled) != 1:
        raise serializers.ValidationError(_("Name one record: %(kinds)s.") % {"kinds": ", ".join(kinds)})
    [(name, pk)] = filled.items()
    record = kinds[name].objects.visible_to(member).filter(pk=pk).first()
    if record is None:
        raise serializers.ValidationError({name: [_("This does not exist.")]})
    return record


def told_of(kinds: Kinds, bodies, path) -> set:
    """Ids of the young persons of whom these tell; `path` says of a kind where it leads to them."""
    found: set = set()
    for name, model in kinds.items():
        pks = {body[name] for body in bodies if body[name]}
        if not pks:
            continue
        if leads_to := path(model):
            found |= set(model.objects.filter(pk__in=pks).values_list(f"{leads_to}_id", flat=True))
        elif model._meta.label_lower == PERSON:
            found |= pks
    return found
