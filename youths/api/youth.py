"""Young people and their follow-ups in the API."""

import copy

from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts import changes
from accounts.models import Role
from accounts.resources import Resource
from common.api import Fields, Moment, version_named
from common.errors import NotPermitted
from common.shape import Shape
from youths.filters import FollowUpFilter, YouthFilter
from youths.forms.fields import PhoneField
from youths.models import FollowUp, Youth

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
    shape = Shape(YouthSerializer)

    def rows(self, member):
        visible = Youth.objects.visible_to(member)
        return visible if self.is_list else printed(visible)

    def load(self, rows):
        return self.shape.read(printed(rows), self.ordering)

    def bodies(self, rows):
        bodies = super().bodies(rows)
        if self.request.member.reads_as == Role.RECEPTION:
            return [body | dict.fromkeys(YouthSerializer.concealed) for body in bodies]
        return bodies

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


def printed(youths):
    return youths.with_referent().select_related("site")


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
    shape = Shape(FollowUpSerializer)

    def rows(self, member):
        return FollowUp.objects.visible_to(member).select_related("referent")

    def people_in(self, bodies):
        return {body["youth"] for body in bodies}
