"""Accompaniments in the API."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED

from accounts.prepared import ForReader
from accounts.resources import Resource
from common.api import AlreadySaved, Fields
from common.errors import Stale
from common.prepared import Prepared
from common.shape import Shape
from partnerships.models import Theme
from youths.actions import log_accompaniment
from youths.api.youth import PERSON_ID
from youths.filters import AccompanimentFilter
from youths.models import Accompaniment, Participation, PassedNote, Share, Youth
from youths.models.accompaniment import LONGEST
from youths.models.choices import Audience
from youths.models.follow_up import not_erased


class Ids(serializers.ListField):
    """Rows by one of their columns; read from what was prefetched, written in one query."""

    def __init__(self, column="pk", **options):
        self.column = column
        super().__init__(**options)

    def to_representation(self, data):
        return sorted(str(getattr(row, self.column)) for row in data.all())

    def found(self, queryset, typed) -> list:
        """The rows typed. Raises a 400 for those that this caller cannot see."""
        rows = list(queryset.filter(**{f"{self.column}__in": typed}))
        if len(rows) != len(set(typed)):
            raise serializers.ValidationError({self.field_name: [_("Some of these do not exist.")]})
        return rows


NO_REMINDER = {"next_step": "", "next_on": None, "next_done_at": None}


class AccompanimentSerializer(Fields):
    """A contact. To whom a note was passed on, who noted it is not told: organisation and author are null."""

    concealed = ("organisation", "author")

    id = serializers.UUIDField(
        required=False, help_text=gettext_lazy("Give one, and sending the same again makes no second record.")
    )
    organisation = serializers.UUIDField(
        source="organisation_id",
        read_only=True,
        help_text=gettext_lazy(
            "Who noted it; null for a partner’s note that the structure passed on to you."
        ),
    )
    author = serializers.UUIDField(source="author.user_id", read_only=True, help_text=PERSON_ID)
    youths = Ids(
        child=serializers.UUIDField(),
        allow_empty=False,
        max_length=200,
        help_text=gettext_lazy("Those of the young people whom the caller may see."),
    )
    themes = Ids(column="slug", child=serializers.SlugField(), required=False, max_length=50)
    audience = serializers.ChoiceField(
        Audience.choices,
        required=False,
        help_text=gettext_lazy("What a partner notes is always “partner”: for itself and the structure."),
    )

    class Meta:
        model = Accompaniment
        fields = [
            "id",
            "organisation",
            "author",
            "youths",
            "kind",
            "happened_at",
            "minutes",
            "place",
            "made",
            "themes",
            "text",
            "audience",
            "next_step",
            "next_on",
            "next_done_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["next_done_at", "created_at", "updated_at"]
        extra_kwargs = {"minutes": {"max_value": LONGEST}}

    def to_representation(self, instance):
        """Reminders are not an outsider's matter; who noted what was passed on is not told, nor who else was there."""
        reader = self.context["request"].member
        shown = super().to_representation(instance)
        shown["youths"] = sorted(str(youth.pk) for youth in instance.youths_told_to(reader))
        if reader.organisation_id not in {instance.organisation_id, instance.structure_id}:
            shown |= NO_REMINDER
        if not instance.is_signed_for(reader):
            shown |= dict.fromkeys(self.concealed)
        return shown


class Accompaniments(Resource):
    sentences = {
        "list": gettext_lazy("The accompaniments that the caller may read, the latest first."),
        "retrieve": gettext_lazy("One accompaniment."),
        "create": gettext_lazy("Note an accompaniment. Sent twice with the same `id`, it is noted once."),
    }
    queryset = Accompaniment.objects.none()
    serializer_class = AccompanimentSerializer
    filterset_class = AccompanimentFilter
    ordering = ("-happened_at", "pk")
    is_personal = True
    shape = Shape(AccompanimentSerializer, made=("youths", "themes"), also=("structure_id",))

    def rows(self, member):
        return Accompaniment.objects.visible_to(member).select_related("author")

    def get_queryset(self):
        """A single record comes with the young persons whom this reader may see: the others are not named."""
        rows, member = super().get_queryset(), self.request.member
        if self.action == "list":
            return rows
        reached = Youth.objects.reachable_by(member).showing_contacts_to(member).only("pk")
        passed = PassedNote.objects.open_to(member)
        return rows.prefetch_related("themes", Prefetch("youths", reached), Prefetch("passed_on", passed))

    def bodies(self, rows):
        reader, bodies = self.request.member, self.shape.bodies(rows)
        youths = gathered(youths_told(rows, reader))
        themes = gathered(themes_of.rows(noted=[row.pk for row in rows]))
        for row, body in zip(rows, bodies, strict=True):
            body["youths"], body["themes"] = youths[row.pk], themes[row.pk]
            if not is_inside(row, reader):
                body |= NO_REMINDER
                if row.audience == Audience.PARTNER:
                    body |= dict.fromkeys(AccompanimentSerializer.concealed)
        return bodies

    def people_in(self, bodies):
        return {youth for body in bodies for youth in body["youths"]}

    def create(self, request):
        typed = self.get_serializer(data=request.data)
        typed.is_valid(raise_exception=True)
        values = typed.validated_data
        reachable = Youth.objects.reachable_by(request.member)
        youths = typed.fields["youths"].found(reachable, values.pop("youths"))
        themes = typed.fields["themes"].found(Theme.objects.all(), values.pop("themes", []))
        accompaniment = Accompaniment(**values)
        try:
            noted = log_accompaniment(accompaniment, by=request.member, youths=youths, themes=themes)
        except Stale as stale:
            raise AlreadySaved(str(stale)) from stale
        status = HTTP_201_CREATED if noted is accompaniment else HTTP_200_OK
        return self.answer(self.get_queryset().get(pk=noted.pk), status)


# Of the rows of a list: what the serializer asks of each record.


def is_inside(row, reader) -> bool:
    """Whether the reader's organisation noted it, or follows the young people."""
    return reader.organisation_id in {row.organisation_id, row.structure_id}


def youths_told(rows, reader) -> Iterator[tuple]:
    """Pairs of a row's id and a young person's, those whom `youths_told_to` names."""
    by_way: dict[str, list] = defaultdict(list)
    for row in rows:
        by_way[way_to_the_youths(row, reader)].append(row.pk)
    for way, pks in by_way.items():
        yield from told.rows(reader, way, noted=pks)


@ForReader
def told(reader, way: str, *, noted: list) -> QuerySet:
    if way == "passed on":
        notes = PassedNote.objects.open_to(reader).filter(accompaniment__among=noted)
        named = notes.filter(accompaniment__youths=F("share__youth")).order_by("share__youth")
        return named.values_list("accompaniment", "share__youth")
    ties = Participation.objects.filter(accompaniment__among=noted)
    if way == "own files":
        ties = ties.filter(not_erased(reader))
    elif way == "own notes":
        ties = ties.filter(youth__in=Youth.objects.reachable_by(reader))
    else:
        showing = Share.objects.open_to(reader).filter(shows_accompaniments=True)
        ties = ties.filter(youth__in=showing.values("youth"))
    return ties.order_by("youth").values_list("accompaniment", "youth")


def way_to_the_youths(row, reader) -> str:
    if row.structure_id == reader.organisation_id:
        return "own files"
    if row.organisation_id == reader.organisation_id:
        return "own notes"
    return "passed on" if row.audience == Audience.PARTNER else "shared"


@Prepared
def themes_of(*, noted: list) -> QuerySet:
    """Pairs of a row's id and the slug of a theme."""
    links = Accompaniment.themes.through.objects.filter(accompaniment__among=noted)
    return links.order_by("theme__slug").values_list("accompaniment", "theme__slug")


def gathered(pairs: Iterable[tuple]) -> dict[Any, list]:
    """The second of each pair, by the first."""
    found: dict[Any, list] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
