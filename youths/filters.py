"""How young people, follow-ups and accompaniments are narrowed down, on pages and in the API alike."""

from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters

from accounts.models import Membership, Role
from common.filters import Days, YesNo
from youths.models import Accompaniment, FollowUp, Reminder, Youth
from youths.models.choices import ContactKind


class Due(TextChoices):
    LATE = "late", _("Late reminders")
    TODAY = "today", _("Reminders of today")


def nameable(request):
    return Membership.objects.nameable_by(request.member) if request else Membership.objects.none()


def visible_youths(request):
    return Youth.objects.visible_to(request.member) if request else Youth.objects.none()


def reachable_youths(request):
    return Youth.objects.reachable_by(request.member) if request else Youth.objects.none()


class YouthFilter(filters.FilterSet):
    """Reception, which reads nobody's follow-up, does not ask about it either."""

    OF_AN_IDENTITY = frozenset({"q", "waiting"})

    q = filters.CharFilter(method="search", label=_("Name or mobile"))
    mine = YesNo(method="only_mine", label=_("My caseload"))
    referent = filters.ModelChoiceFilter(
        field_name="follow_ups__referent",
        queryset=nameable,
        to_field_name="user",
        method="of_referent",
        label=_("Referent"),
    )
    due = filters.ChoiceFilter(choices=Due.choices, method="with_reminder", label=_("Reminders"))
    silent = YesNo(method="without_news", label=_("No news for 30 days"))
    waiting = YesNo(method="in_the_queue", label=_("Waiting for a referent"))

    class Meta:
        model = Youth
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.request and self.request.member.reads_as == Role.RECEPTION:
            for name in self.filters.keys() - self.OF_AN_IDENTITY:
                del self.filters[name]

    def search(self, queryset, name, value):
        return queryset.search(value)

    def only_mine(self, queryset, name, value):
        return queryset.followed_by(self.request.member) if value else queryset

    def of_referent(self, queryset, name, value):
        return queryset.followed_by(value)

    def with_reminder(self, queryset, name, value: str):
        reminders = Reminder.objects.visible_to(self.request.member)
        return queryset.concerned_by(reminders.late() if value == Due.LATE else reminders.of_today())

    def without_news(self, queryset, name, value):
        return queryset.silent() if value else queryset

    def in_the_queue(self, queryset, name, value):
        return queryset.waiting() if value else queryset


class FollowUpFilter(filters.FilterSet):
    youth = filters.ModelChoiceFilter(queryset=visible_youths, label=_("Young person"))
    referent = filters.ModelChoiceFilter(queryset=nameable, to_field_name="user", label=_("Referent"))
    is_open = YesNo(field_name="closed_at", lookup_expr="isnull", label=_("Open follow-ups only"))

    class Meta:
        model = FollowUp
        fields: list[str] = []


class AccompanimentFilter(filters.FilterSet):
    youth = filters.ModelChoiceFilter(method="about", queryset=reachable_youths, label=_("Young person"))
    kind = filters.ChoiceFilter(choices=ContactKind.choices, label=_("Kind"))
    author = filters.UUIDFilter(method="signed_by", label=_("Author"))
    happened = Days(field_name="happened_at", label=_("Date"))

    class Meta:
        model = Accompaniment
        fields: list[str] = []

    def about(self, queryset, name, value: UUID):  # as a client types it, which the API’s description tells
        return queryset.about(value, self.request.member)

    def signed_by(self, queryset, name, value):
        return queryset.signed_for(self.request.member).filter(author__user=value)
