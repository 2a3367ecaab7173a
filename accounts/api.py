"""Organisations and people in the API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Membership, Organisation, Site
from accounts.resources import Resource
from common.api import Fields


class SiteSerializer(Fields):
    class Meta:
        model = Site
        fields = ["name", "commune"]
        read_only_fields = fields


class OrganisationSerializer(Fields):
    sites = SiteSerializer(many=True, read_only=True)

    class Meta:
        model = Organisation
        fields = [
            "id",
            "kind",
            "level",
            "parent",
            "name",
            "short_name",
            "siret",
            "address",
            "commune",
            "commune_insee",
            "region",
            "phone",
            "email",
            "sites",
            "is_sensitive",
            "is_active",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class Organisations(Resource):
    sentences = {
        "list": _("The directory of organisations, by name."),
        "retrieve": _("One organisation with its sites."),
    }
    queryset = Organisation.objects.none()
    serializer_class = OrganisationSerializer
    ordering = ("name", "pk")

    def rows(self, member):
        return Organisation.objects.visible_to(member).prefetch_related("sites")


class PersonSerializer(Fields):
    id = serializers.UUIDField(source="user_id", read_only=True)
    name = serializers.CharField(source="user.get_full_name", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "name", "organisation", "role"]
        read_only_fields = fields


class People(Resource):
    sentences = {
        "list": _("The colleagues whom the caller may name as referent, by name."),
        "retrieve": _("One colleague whom the caller may name as referent."),
    }
    queryset = Membership.objects.none()
    serializer_class = PersonSerializer
    ordering = ("user__last_name", "user__first_name", "pk")
    lookup_field = "user_id"
    lookup_url_kwarg = "pk"

    def rows(self, member):
        return Membership.objects.nameable_by(member)
