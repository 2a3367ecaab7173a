"""How agreements and offers are narrowed down, on pages and in the API alike."""

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters

from accounts.models import Organisation
from common import clock
from common.filters import YesNo
from common.ordering import Order, Sorting
from exchange.saved.lists import SavedList, orders_to_keep
from partnerships.models import Agreement, AgreementKind, Phase, ServiceOffer
from partnerships.models.agreement_queryset import is_in_force
from partnerships.workflow import Status

ORDERS = (
    Order("title", _("Title, A to Z"), ("title", "pk"), "agreement"),
    Order("-title", _("Title, Z to A"), ("-title", "-pk"), "agreement"),
    Order("end", _("Ends first"), ("ends_first", "title", "pk"), "term"),
    Order("-end", _("Ends last"), ("-ends_last", "title", "pk"), "term"),
)


class Across(TextChoices):
    """What is asked for across phases."""

    ENDING = "ending", _("Ends within six months")
    OVER = "over", _("Expired or ended early")


# A tacit renewal is told apart by dates that only Python computes; as a filter, it is in force.
PHASES = [phase for phase in Phase.choices if phase[0] != Phase.RENEWED] + Across.choices


def visible_organisations(request):
    return Organisation.objects.visible_to(request.member) if request else Organisation.objects.none()


class AgreementFilter(filters.FilterSet):
    q = filters.CharFilter(field_name="title", lookup_expr="icontains", max_length=200, label=_("Title"))
    kind = filters.ChoiceFilter(choices=AgreementKind.choices, label=_("Kind"))
    phase = filters.ChoiceFilter(choices=PHASES, method="in_phase", label=_("Where it stands"))
    in_force = YesNo(method="only_in_force", label=_("In force"))

    class Meta:
        model = Agreement
        fields: list[str] = []

    def in_phase(self, queryset, name, value):
        today = clock.today()
        signed = Q(status__in=[Status.SIGNED, Status.CLOSED_EARLY])
        ended = signed & Q(closed_on__isnull=False, closed_on__lte=today)
        match value:
            case Phase.IN_FORCE:
                return queryset.in_force()
            case Across.ENDING:
                return queryset.ending()
            case Across.OVER:
                return queryset.over()
            case Phase.NOT_YET:
                return queryset.filter(signed & Q(starts_on__gt=today)).exclude(ended)
            case Phase.EXPIRED:
                return queryset.filter(signed & Q(ends_on__lt=today)).exclude(ended)
            case Phase.ENDED:
                return queryset.filter(ended)
        return queryset.filter(status=value)

    def only_in_force(self, queryset, name, value):
        return queryset.filter(is_in_force()) if value else queryset.exclude(is_in_force())


SAVED = SavedList(
    key="agreements",
    title=_("Agreements"),
    page="partnerships:agreement_list",
    filterset=AgreementFilter,
    names=("kind", "phase", "in_force"),
    choices=orders_to_keep(ORDERS),
)


def narrowed(request) -> AgreementFilter:
    """The reader's agreements as the request asks for them, with what a row prints."""
    visible = Agreement.objects.visible_to(request.member).for_list().with_an_end()
    visible = visible.prefetch_related("parties__signatories")
    return AgreementFilter(getattr(request, "asked", request.GET), visible, request=request)


def sorting(request) -> Sorting:
    return Sorting(request, ORDERS)


class ServiceOfferFilter(filters.FilterSet):
    organisation = filters.ModelChoiceFilter(queryset=visible_organisations, label=_("Organisation"))
    is_open = YesNo(label=_("Open"))

    class Meta:
        model = ServiceOffer
        fields: list[str] = []
