"""How referrals are narrowed down, on pages and in the API alike."""

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters

from accounts.models import Organisation
from common.filters import Days, YesNo
from common.ordering import Order, Sorting
from exchange.saved.lists import SavedList, orders_to_keep
from partnerships.models import Agreement
from referrals.models import Referral
from referrals.workflow import OPEN, Status
from youths.models import Youth

ORDERS = (
    Order("-created", _("Latest first"), ("-created_at", "pk")),
    Order("created", _("Oldest first"), ("created_at", "-pk")),
    Order("sent", _("Sent first"), ("sent_at", "pk"), "sent"),
    Order("-sent", _("Sent last"), ("-sent_at", "-pk"), "sent"),
)
SENT_NOT_ANSWERED = ("to_answer", "waiting")  # an index has them by the day on which they were sent


class State(TextChoices):
    """What the reader has to do about it; `to_answer` and `waiting` are one status seen from two sides."""

    TO_ANSWER = "to_answer", _("To answer")
    WAITING = "waiting", _("Waiting for an answer")
    UNDER_WAY = "under_way", _("Under way")
    CLOSED = "closed", _("Closed")


def visible_agreements(request):
    visible = Agreement.objects.visible_to(request.member) if request else Agreement.objects.none()
    return visible.order_by("title", "pk")


def recipients_seen(request):
    """Only those that the reader's own referrals go to: the whole directory would be too long a choice."""
    if not request:
        return Organisation.objects.none()
    seen = Referral.objects.visible_to(request.member).values("recipient")
    return Organisation.objects.visible_to(request.member).filter(pk__in=seen).order_by("name", "pk")


def visible_youths(request):
    return Youth.objects.visible_to(request.member) if request else Youth.objects.none()


class ReferralFilter(filters.FilterSet):
    q = filters.CharFilter(method="search", label=_("Name or referral number"))
    state = filters.ChoiceFilter(choices=State.choices, method="in_state", label=_("Where it stands"))
    status = filters.MultipleChoiceFilter(choices=Status.choices, distinct=False, label=_("Status"))
    agreement = filters.ModelChoiceFilter(queryset=visible_agreements, label=_("Agreement"))
    recipient = filters.ModelChoiceFilter(queryset=recipients_seen, label=_("Partner"))
    by_letter = YesNo(label=_("By letter"))
    youth = filters.ModelChoiceFilter(queryset=visible_youths, label=_("Young person"))
    sent = Days(field_name="sent_at", label=_("Sent"))

    class Meta:
        model = Referral
        fields: list[str] = []

    def search(self, queryset, name, value):
        return queryset.search(value, self.request.member)

    def in_state(self, queryset, name, value: str):
        own = self.request.member.organisation_id
        conditions = {
            State.TO_ANSWER: Q(status=Status.SENT, recipient=own),
            State.WAITING: Q(status=Status.SENT, sender=own),
            State.UNDER_WAY: Q(status__in=[Status.ACCEPTED, Status.UNDER_WAY]),
            State.CLOSED: ~Q(status__in=sorted(OPEN)),
        }
        return queryset.filter(conditions[State(value)])


SAVED = SavedList(
    key="referrals",
    title=_("Referrals"),
    page="referrals:referral_list",
    filterset=ReferralFilter,
    names=("state", "status", "agreement", "recipient", "by_letter"),
    choices=orders_to_keep(ORDERS),
)


def sorting(request) -> Sorting:
    is_sent = request.asked.get("state") in SENT_NOT_ANSWERED
    return Sorting(request, [order for order in ORDERS if is_sent or not order.column])


def narrowed(request) -> ReferralFilter:
    """The reader's referrals as the request asks for them, with what a row prints."""
    visible = Referral.objects.visible_to(request.member).for_reader(request.member).for_list()
    return ReferralFilter(request.asked, visible, request=request)
