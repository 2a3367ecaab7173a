"""Young people, their follow-ups and accompaniments in the API."""

import copy

from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED

from accounts import changes
from accounts.models import Role
from accounts.resources import Resource
from common.api import AlreadySaved, Fields, Moment, version_named
from common.errors import NotPermitted, Stale
from partnerships.models import Theme
from youths.actions import log_accompaniment
from youths.filters import AccompanimentFilter, FollowUpFilter, YouthFilter
from youths.forms.fields import PhoneField
from youths.models import Accompaniment, FollowUp, PassedNote, Youth
from youths.models.accompaniment import LONGEST
from youths.models.choices import Audience

PERSON_ID = gettext_lazy("A person’s id.")
# Reception sees who someone is and how to reach them, nothing more.
IDENTITY = {
    "id",
    "organisation",
    "site",
    "first_name",
    "last_name",
    "usual_name",
    "birth_date",
    "phone",
    "email",
    "preferred_channel",
    "follow_up",
    "referent",
    "created_at",
    "updated_at",
}


@extend_schema_field({"type": ["string", "null"]})  # an empty one clears it, too
class OwnSite(serializers.SlugRelatedField):
    """A site of the caller's organisation, by its name."""

    def get_queryset(self):
        return self.context["request"].member.organisation.sites.all()

    def to_internal_value(self, data):
        ProhibitNullCharactersValidator()(data)  # PostgreSQL fails on what SQLite merely does not find
        return super().to_internal_value(data)


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


class YouthSerializer(Fields):
    """A file. Reception reads who someone is and how to reach them; the rest is null to it."""

    site = OwnSite(
        slug_field="name",
        allow_null=True,
        help_text=gettext_lazy("The name of one of the organisation’s sites."),
    )
    follow_up = serializers.UUIDField(
        source="follow_up_id",
        read_only=True,
        allow_null=True,
        help_text=gettext_lazy("The open follow-up; null while the young person waits for one."),
    )
    referent = serializers.UUIDField(
        source="referent_user_id", read_only=True, allow_null=True, help_text=PERSON_ID
    )
    last_contact_at = Moment(read_only=True, allow_null=True)

    class Meta:
        model = Youth
        fields = [
            "id",
            "organisation",
            "site",
            "first_name",
            "last_name",
            "usual_name",
            "birth_date",
            "gender",
            "phone",
            "email",
            "preferred_channel",
            "commune",
            "commune_insee",
            "protected_address",
            "priority_district",
            "languages",
            "interpreter",
            "legal_representative",
            "schooling",
            "situation",
            "housing",
            "mobility",
            "first_met",
            "follow_up",
            "referent",
            "last_contact_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["id", "organisation", "created_at", "updated_at"]

    concealed = sorted(set(Meta.fields) - IDENTITY)

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        if self.context["request"].member.reads_as == Role.RECEPTION:
            return {**shown, **dict.fromkeys(self.concealed)}
        return shown

    def validate_phone(self, value) -> str:
        return PhoneField(required=False).clean(value)

    def validate(self, attrs):
        """The model's own rules, on the file as it would become."""
        would_be = copy.copy(self.instance)
        for name, value in attrs.items():
            setattr(would_be, name, value)
        would_be.full_clean(validate_unique=False)
        return attrs


class Youths(Resource):
    sentences = {
        "list": gettext_lazy("The files of the caller’s structure, by name. A partner has none."),
        "retrieve": gettext_lazy("One young person’s file."),
        "partial_update": gettext_lazy("Change the file, if it still is the version that If-Match names."),
    }
    queryset = Youth.objects.none()
    serializer_class = YouthSerializer
    filterset_class = YouthFilter
    ordering = ("search", "pk")
    is_personal = True

    def rows(self, member):
        return Youth.objects.visible_to(member).with_referent().select_related("site")

    def known_parameters(self) -> set[str]:
        known = super().known_parameters()
        if self.request.member.reads_as == Role.RECEPTION:
            return known - (YouthFilter.base_filters.keys() - YouthFilter.OF_AN_IDENTITY)
        return known

    def partial_update(self, request, pk):
        youth = self.get_object()
        if not request.member.is_mission_locale_staff:
            raise NotPermitted(_("Only the counsellors and the direction change a file."))
        expected = version_named(request, youth)
        typed = self.get_serializer(youth, data=request.data, partial=True)
        typed.is_valid(raise_exception=True)
        changes.change(youth, by=request.member, expected=expected, **typed.validated_data)
        return self.answer(self.get_object())


class FollowUpSerializer(Fields):
    referent = serializers.UUIDField(source="referent.user_id", read_only=True, help_text=PERSON_ID)

    class Meta:
        model = FollowUp
        fields = [
            "id",
            "youth",
            "referent",
            "spell",
            "opened_at",
            "closed_at",
            "closing_reason",
            "last_contact_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class FollowUps(Resource):
    sentences = {
        "list": gettext_lazy("The follow-ups of the caller’s structure, the latest first."),
        "retrieve": gettext_lazy("One follow-up with its single referent."),
    }
    queryset = FollowUp.objects.none()
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilter
    ordering = ("-opened_at", "pk")
    is_personal = True

    def rows(self, member):
        return FollowUp.objects.visible_to(member).select_related("referent")

    def people_in(self, records):
        return {record.youth_id for record in records}


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

    def rows(self, member):
        """With the young persons whom this reader may see: the others are not named."""
        reached = Youth.objects.reachable_by(member).showing_contacts_to(member).only("pk")
        passed = PassedNote.objects.open_to(member)
        return (
            Accompaniment.objects.visible_to(member)
            .select_related("author")
            .prefetch_related("themes", Prefetch("youths", reached), Prefetch("passed_on", passed))
        )

    def people_in(self, records):
        reader = self.request.member
        return {youth.pk for record in records for youth in record.youths_told_to(reader)}

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
