"""Agreements and service offers in the API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.resources import Resource
from common.api import Fields
from common.shape import Shape
from partnerships.filters import AgreementFilter, ServiceOfferFilter
from partnerships.models import Agreement, Party, Phase, Practice, ServiceOffer, Signatory, ThemeReferent
from partnerships.models.choices import FieldOfAction

SLUG = {"slug_field": "slug", "read_only": True}


class PartySerializer(Fields):
    sites = serializers.SlugRelatedField(
        slug_field="name",
        many=True,
        read_only=True,
        help_text=_("The sites covered; all of them when empty."),
    )
    contact = serializers.UUIDField(
        source="contact.user_id", default=None, read_only=True, allow_null=True, help_text=_("A person’s id.")
    )

    class Meta:
        model = Party
        fields = ["organisation", "sites", "contact"]
        read_only_fields = fields


class SignatorySerializer(Fields):
    organisation = serializers.UUIDField(source="party.organisation_id", read_only=True)

    class Meta:
        model = Signatory
        fields = ["organisation", "name", "capacity", "order", "signed_on", "how"]
        read_only_fields = fields


class ThemeReferentSerializer(Fields):
    theme = serializers.SlugRelatedField(**SLUG)
    person = serializers.UUIDField(source="member.user_id", read_only=True)
    organisation = serializers.UUIDField(source="member.organisation_id", read_only=True)

    class Meta:
        model = ThemeReferent
        fields = ["theme", "person", "organisation"]
        read_only_fields = fields


class PracticeSerializer(Fields):
    class Meta:
        model = Practice
        fields = ["field", "how", "who", "state", "adjustment"]
        read_only_fields = fields


class AgreementSerializer(Fields):
    fields_of_action = serializers.ListField(
        child=serializers.ChoiceField(FieldOfAction.choices), read_only=True
    )
    shared_fields = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text=_("Fields of a young person’s file.")
    )
    phase = serializers.ChoiceField(
        choices=Phase.choices, read_only=True, help_text=_("The status crossed with today’s date.")
    )
    themes = serializers.SlugRelatedField(many=True, **SLUG)
    parties = PartySerializer(many=True, read_only=True)
    signatories = SignatorySerializer(many=True, read_only=True)
    theme_referents = ThemeReferentSerializer(many=True, read_only=True)
    practices = PracticeSerializer(many=True, read_only=True)

    class Meta:
        model = Agreement
        fields = [
            "id",
            "kind",
            "level",
            "status",
            "phase",
            "title",
            "reference",
            "purpose",
            "lead_organisation",
            "implements",
            "succeeds",
            "fields_of_action",
            "themes",
            "term_months",
            "evaluation_month",
            "tacit_renewals",
            "shared_fields",
            "signed_on",
            "starts_on",
            "ends_on",
            "closed_on",
            "closing_reason",
            "run_off_until",
            "parties",
            "signatories",
            "theme_referents",
            "practices",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class Agreements(Resource):
    sentences = {
        "list": _("The agreements that cover the caller’s organisation, and those above them, by title."),
        "retrieve": _("One agreement with its parties, signatories, referents per theme and practices."),
    }
    queryset = Agreement.objects.none()
    serializer_class = AgreementSerializer
    filterset_class = AgreementFilter
    ordering = ("title", "pk")

    def rows(self, member):
        printed = ("themes", "parties__sites", "parties__contact", "signatories__party", "practices")
        referents = ("theme_referents__theme", "theme_referents__member")
        return Agreement.objects.visible_to(member).prefetch_related(*printed, *referents)


class ServiceOfferSerializer(Fields):
    theme = serializers.SlugRelatedField(**SLUG)

    class Meta:
        model = ServiceOffer
        fields = [
            "id",
            "organisation",
            "theme",
            "title",
            "description",
            "places",
            "is_open",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class ServiceOffers(Resource):
    sentences = {
        "list": _("What organisations propose to the young people referred to them, by title."),
        "retrieve": _("One service offer."),
    }
    queryset = ServiceOffer.objects.none()
    serializer_class = ServiceOfferSerializer
    filterset_class = ServiceOfferFilter
    ordering = ("title", "pk")
    shape = Shape(ServiceOfferSerializer)

    def rows(self, member):
        return ServiceOffer.objects.visible_to(member).select_related("theme")
