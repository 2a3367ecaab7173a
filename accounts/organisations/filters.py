"""How the directory is narrowed down."""

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters

from accounts.models import Kind, Organisation
from common.filters import YesNo

BY_NAME = ("name", "pk")


class OrganisationFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=200, label=_("Name"))
    kind = filters.ChoiceFilter(choices=Kind.choices, label=_("Kind"))
    is_active = YesNo(label=_("Active"))

    class Meta:
        model = Organisation
        fields: list[str] = []
