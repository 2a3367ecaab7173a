"""How evaluations and their reports are narrowed down, on pages and in the API alike."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import rest_framework as filters

from common.ordering import Order, Sorting
from common.queued import JobStatus
from evaluations.models import Evaluation, Report
from evaluations.workflow import Status
from exchange.saved.lists import SavedList, orders_to_keep
from partnerships.models import Agreement

ORDERS = (
    Order("-period", _("Latest period first"), ("-period_end", "-number", "pk"), "period"),
    Order("period", _("Oldest period first"), ("period_end", "number", "-pk"), "period"),
    Order("title", _("Agreement, A to Z"), ("agreement__title", "-period_end", "pk"), "agreement"),
    Order("-title", _("Agreement, Z to A"), ("-agreement__title", "-period_end", "pk"), "agreement"),
)


def visible_agreements(request):
    visible = Agreement.objects.visible_to(request.member) if request else Agreement.objects.none()
    return visible.order_by("title", "pk")


def visible_evaluations(request):
    return Evaluation.objects.visible_to(request.member) if request else Evaluation.objects.none()


class EvaluationFilter(filters.FilterSet):
    agreement = filters.ModelChoiceFilter(
        queryset=visible_agreements, label=_("Agreement"), empty_label=pgettext_lazy("agreements", "All")
    )
    status = filters.ChoiceFilter(choices=Status.choices, label=_("Status"))

    class Meta:
        model = Evaluation
        fields: list[str] = []


SAVED = SavedList(
    key="evaluations",
    title=_("Evaluations"),
    page="evaluations:evaluation_list",
    filterset=EvaluationFilter,
    names=("agreement", "status"),
    choices=orders_to_keep(ORDERS),
)


def narrowed(request) -> EvaluationFilter:
    """The reader's evaluations as the request asks for them, with what a row prints."""
    visible = Evaluation.objects.visible_to(request.member).for_list()
    return EvaluationFilter(getattr(request, "asked", request.GET), visible, request=request)


def sorting(request) -> Sorting:
    return Sorting(request, ORDERS)


class ReportFilter(filters.FilterSet):
    evaluation = filters.ModelChoiceFilter(queryset=visible_evaluations, label=_("Evaluation"))
    status = filters.ChoiceFilter(choices=JobStatus.choices, label=_("Status"))

    class Meta:
        model = Report
        fields: list[str] = []
