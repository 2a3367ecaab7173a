"""Referrals in the API: the case to either side, the person only while it is shared."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.resources import Resource
from common.api import Fields
from common.shape import Shape
from referrals.filters import ReferralFilter
from referrals.models import Referral
from referrals.models.referral import is_expired, number_of
from youths.models import SHAREABLE, Share, Youth, fields_shareable

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
OF_THE_YOUTH = {name: f"youth__{name}" for name in [*ALWAYS, *SHAREABLE]}


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
        names = shown_of(referral.youth.protected_address, shared)
        return {name: getattr(referral.youth, name) for name in names}

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        if instance.person is None:
            return {**shown, **dict.fromkeys(self.concealed)}
        return shown


def shown_of(protected_address: bool, shared) -> list[str]:
    """Names of what is told of a person."""
    return ALWAYS + [name for name in fields_shareable(protected_address=protected_address) if name in shared]


def printed(rows, member):
    """With all that an answer says of them."""
    return rows.for_reader(member).select_related("youth", "author", "share")


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
    shape = Shape(
        ReferralSerializer,
        made=("number", "person", "is_expired"),
        also=("is_own", "share_id", "share__fields", "youth__protected_address", *OF_THE_YOUTH.values()),
    )

    def rows(self, member):
        seen = Referral.objects.visible_to(member)
        return seen if self.is_list else printed(seen, member)

    def load(self, rows):
        return self.shape.read(printed(rows, self.request.member), self.ordering)

    def bodies(self, rows):
        bodies, shares = self.shape.bodies(rows), shares_open_to(self.request.member, rows)
        for row, body in zip(rows, bodies, strict=True):
            body["number"], body["is_expired"] = number_of(row.pk), is_expired(row.status, row.sent_at)
            if row.is_own or row.share_id in shares:
                shared = row.fields if row.share__fields is None else row.share__fields
                names = shown_of(row.youth__protected_address, shared)
                body["person"] = {name: getattr(row, OF_THE_YOUTH[name]) for name in names}
            else:
                body |= dict.fromkeys(ReferralSerializer.concealed)
        return bodies

    def people_in(self, bodies):
        return {body["youth"] for body in bodies if body["youth"]}


def shares_open_to(reader, rows) -> set:
    """The ids of those shares by which the reader sees somebody else's young people."""
    asked = [row.share_id for row in rows if row.share_id and not row.is_own]
    if not asked:
        return set()
    return set(Share.objects.open_to(reader).filter(pk__in=asked).values_list("pk", flat=True))
