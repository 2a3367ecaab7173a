"""How one's notices are narrowed down."""

from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters

from exchange.deliveries.models import Notice


class NoticeFilter(filters.FilterSet):
    """`kind` is what the mail of the day leads to: no field of a form."""

    unread = filters.BooleanFilter(field_name="read_at", lookup_expr="isnull", label=_("Unread only"))
    kind = filters.CharFilter(max_length=40)

    class Meta:
        model = Notice
        fields: list[str] = []
