"""Referrals in the API: the case to either side, the person only while it is shared."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.resources import Resource
from common.api import Fields
from referrals.filters import ReferralFilter
from referrals.models import Referral
from youths.models import SHAREABLE, Youth, fields_shareable_of

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

ALWAYS = ["first_name", "last_name"]


class SharedPersonSerializer(Fields):
    """Names, and of the other fields those that are shared with the reader."""

    may_lack = SHAREABLE.keys()

    class Meta:
        model = Youth
        fields = [*ALWAYS, *SHAREABLE]
        read_only_fields = fields


class ReferralSerializer(Fields):
    """A case; what tells of the person is null while the person is not shared with the reader."""

    concealed = OF_THE_PERSON

    number = serializers.CharField(read_only=True, help_text=_("Short enough to be said on the phone."))
    author = serializers.UUIDField(source="author.user_id", read_only=True, help_text=_("A person’s id."))
    person = serializers.SerializerMethodField()
    fields = serializers.ListField(child=serializers.ChoiceField(list(SHAREABLE.items())), read_only=True)
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

    @extend_schema_field(SharedPersonSerializer)
    def get_person(self, referral) -> dict:
        shared = referral.share.fields if referral.share else referral.fields
        allowed = [name for name in fields_shareable_of(referral.youth) if name in shared]
        return {name: getattr(referral.youth, name) for name in [*ALWAYS, *allowed]}

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        if instance.person is None:
            return {**shown, **dict.fromkeys(self.concealed)}
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
