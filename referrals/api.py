"""Referrals in the API: the case to either side, the person only while it is shared."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.resources import Resource
from common.api import Fields
from referrals.filters import ReferralFilter
from referrals.models import Referral
from youths.models import SHAREABLE, fields_shareable_of

# Told of the case alone, these would tell of the person.
OF_THE_PERSON = [
    "youth",
    "person",
    "motive",
    "informed",
    "fields",
    "shows_accompaniments",
    "answer_note",
    "outcome_note",
]

PERSON_SCHEMA = {
    "type": ["object", "null"],
    "description": "Names, and the fields listed in the share; null where the reader sees the case alone.",
    "properties": {
        "first_name": {"type": "string"},
        "last_name": {"type": "string"},
        **{name: {"type": "string"} for name in SHAREABLE},
    },
    "required": ["first_name", "last_name"],
}


class ReferralSerializer(Fields):
    number = serializers.CharField(read_only=True, help_text=_("Short enough to be said on the phone."))
    author = serializers.UUIDField(source="author.user_id", read_only=True, help_text=_("A person’s id."))
    person = serializers.SerializerMethodField()
    is_expired = serializers.BooleanField(read_only=True)

    class Meta:
        model = Referral
        fields = [
            "id",
            "number",
            "sender",
            "recipient",
            "author",
            "agreement",
            "by_letter",
            "offer",
            "urgency",
            "status",
            "is_expired",
            "answer_by",
            "sent_at",
            "answered_at",
            "ended_at",
            "decline_reason",
            "outcome",
            *OF_THE_PERSON,
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    @extend_schema_field(PERSON_SCHEMA)
    def get_person(self, referral) -> dict:
        shared = referral.share.fields if referral.share else referral.fields
        allowed = [name for name in fields_shareable_of(referral.youth) if name in shared]
        return {name: getattr(referral.youth, name) for name in ["first_name", "last_name", *allowed]}

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        if instance.person is None:
            return {**shown, **dict.fromkeys(OF_THE_PERSON)}
        return shown


class Referrals(Resource):
    sentences = {
        "list": _("The referrals from or to the caller’s organisation, the latest first."),
        "retrieve": _("One referral: the case always, the person only while it is shared with the caller."),
    }
    queryset = Referral.objects.none()
    serializer_class = ReferralSerializer
    filterset_class = ReferralFilter
    ordering = ("-created_at", "pk")
    is_personal = True

    def rows(self, member):
        seen = Referral.objects.visible_to(member).for_reader(member)
        return seen.select_related("youth", "author", "share")

    def people_in(self, records):
        return {record.youth_id for record in records if record.person}
