from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import steps
from accounts.models import Membership, Role
from common import clock
from common.records import Record
from evaluations.workflow import STEPS, Side, Status
from partnerships.models import Agreement, Party


class EvaluationQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The staff of a Mission Locale reads those of visible agreements, a partner those it is party to.

        A network reads the published ones of its tree.
        """
        match member.reads_as:
            case Role.COUNSELLOR | Role.DIRECTOR:
                return self._of_visible_agreements(member)
            case Role.AGENT | Role.LEAD:
                own = Party.objects.filter(
                    agreement=OuterRef("agreement"), organisation=member.organisation_id
                )
                return self._of_visible_agreements(member).filter(Exists(own))
            case Role.NETWORK:
                return self._of_visible_agreements(member).filter(status=Status.PUBLISHED)
        return self.none()

    def _of_visible_agreements(self, member):
        return self.filter(agreement__in=Agreement.objects.visible_to(member).values("pk"))

    def for_list(self):
        """What a row prints, the latest period first."""
        return self.select_related("agreement", "computed_by__user").order_by("-period_end", "-number", "pk")

    def for_detail(self):
        return self.select_related("agreement__lead_organisation", "computed_by__user").prefetch_related(
            "agreement__parties__organisation"
        )


class Evaluation(Record):
    """What was done in one year of an agreement, counted once and frozen.

    `figures` holds values with the versions of their definitions, the period, the practices and the
    parties' names; `digest` is the SHA-256 of its canonical JSON, printed in the PDF.
    """

    STEPS = STEPS

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField(gettext_lazy("year of the agreement"))
    period_start = models.DateField(gettext_lazy("first day"))
    period_end = models.DateField(gettext_lazy("last day"))
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    figures = models.JSONField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    computed_at = models.DateTimeField(default=clock.now, editable=False)
    computed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("evaluation")
        constraints = [
            models.UniqueConstraint(
                name="evaluation_once_per_agreement_and_year", fields=["agreement", "number"]
            ),
            models.CheckConstraint(
                name="evaluation_period_in_order", condition=Q(period_end__gte=F("period_start"))
            ),
            models.CheckConstraint(name="evaluation_years_count_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return _("%(agreement)s, year %(number)s") % {"agreement": self.agreement, "number": self.number}

    def get_absolute_url(self):
        return reverse("evaluations:evaluation_detail", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    # Steps. Each is the only way to reach its status.

    def sides_of(self, member) -> set[str]:
        """The direction of a Mission Locale that is a party, and that of the lead organisation."""
        leads = member.organisation_id == self.agreement.lead_organisation_id
        if is_direction_of_a_party(self.agreement, member) or (leads and member.reads_as == Role.LEAD):
            return {Side.DIRECTION}
        return set()

    def publish(self, *, by):
        steps.take(self, "publish", by=by, about=self.agreement)

    # Who may ask for its PDF, and who must read less of it.

    def may_be_printed_by(self, member) -> bool:
        """A party's direction at any time, a party's lead agent once it is published."""
        if is_direction_of_a_party(self.agreement, member):
            return True
        return self.is_published and member.reads_as == Role.LEAD and is_party(self.agreement, member)

    def stays_between_parties(self, member) -> bool:
        """Whether the reader is one of those whom the agreement covers; others see fewer small counts."""
        return Agreement.objects.covering(member.organisation_id).filter(pk=self.agreement_id).exists()


def is_party(agreement, member) -> bool:
    return any(party.organisation_id == member.organisation_id for party in agreement.parties.all())


def is_direction_of_a_party(agreement, member) -> bool:
    """Directors only exist in Missions Locales; a client of theirs counts as one."""
    return member.is_director and is_party(agreement, member)
