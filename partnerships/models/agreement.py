from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import events, steps
from accounts.models import Level, Organisation
from common import clock
from common.errors import NotPermitted, WrongStatus
from common.records import Record
from exchange.documents.carrier import Carrier
from partnerships.models.agreement_queryset import ACTING, IN_FORCE_ONCE_SIGNED, AgreementQuerySet
from partnerships.models.choices import (
    LONGEST_INTERIM,
    TERM_IN_MONTHS,
    AgreementKind,
    FieldOfAction,
    Paper,
    Phase,
    Readers,
)
from partnerships.models.party import Signatory
from partnerships.models.theme import Theme
from partnerships.workflow import STEPS, Side, Status


class Agreement(Record):
    """What organisations promised each other. Its text stops changing at the last signature."""

    STEPS = STEPS

    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=AgreementKind)
    level = models.CharField(gettext_lazy("level"), max_length=12, choices=Level, default=Level.LOCAL)
    lead_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=gettext_lazy("lead organisation"),
    )
    implements = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="implemented_by"
    )
    succeeds = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="succeeded_by"
    )
    title = models.CharField(gettext_lazy("title"), max_length=200)
    reference = models.CharField(gettext_lazy("reference"), max_length=60, blank=True)
    purpose = models.TextField(gettext_lazy("purpose"), blank=True)
    fields_of_action = models.JSONField(gettext_lazy("fields of action"), default=list)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=gettext_lazy("themes"))
    term_months = models.PositiveSmallIntegerField(gettext_lazy("term in months"))
    evaluation_month = models.PositiveSmallIntegerField(
        gettext_lazy("evaluated after how many months"), default=12
    )
    tacit_renewals = models.PositiveSmallIntegerField(gettext_lazy("tacit renewals"), default=0)
    shared_fields = models.JSONField(gettext_lazy("fields that may be shared"), default=list)
    status = models.CharField(max_length=15, choices=Status, default=Status.DRAFT, editable=False)
    signed_on = models.DateField(null=True, editable=False)
    starts_on = models.DateField(gettext_lazy("effect date"), null=True, blank=True)
    ends_on = models.DateField(null=True, editable=False)  # last day, tacit renewals included
    closed_on = models.DateField(null=True, editable=False)  # first day no longer in force
    closing_reason = models.TextField(blank=True, editable=False)
    run_off_until = models.DateField(null=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    DOCUMENTS = Carrier(
        kinds=Paper,
        readers={Readers.PARTIES: AgreementQuerySet.binding},
        writers=AgreementQuerySet.acted_on_by,
        page="desk:agreement_page",
        signed=frozenset({Paper.SIGNED}),
    )

    class Meta:
        verbose_name = gettext_lazy("agreement")
        constraints = [
            models.CheckConstraint(
                name="agreement_dated_once_signed",
                condition=Q(status__in=IN_FORCE_ONCE_SIGNED, signed_on__isnull=False, starts_on__isnull=False)
                & Q(ends_on__isnull=False)
                | (~Q(status__in=IN_FORCE_ONCE_SIGNED) & Q(signed_on=None, ends_on=None)),
            ),
            models.CheckConstraint(
                name="agreement_dates_in_order", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="agreement_ended_early_with_a_date_and_a_reason",
                condition=(Q(status=Status.CLOSED_EARLY, closed_on__isnull=False) & ~Q(closing_reason=""))
                | (~Q(status=Status.CLOSED_EARLY) & Q(closed_on=None, closing_reason="")),
            ),
            models.CheckConstraint(
                name="agreement_interim_lasts_six_months_at_most",
                condition=~Q(kind=AgreementKind.INTERIM)
                | Q(term_months__lte=LONGEST_INTERIM, tacit_renewals=0),
                violation_error_message=gettext_lazy("An interim accord lasts six months at most."),
            ),
            models.CheckConstraint(name="agreement_lasts_a_month_at_least", condition=Q(term_months__gte=1)),
            models.CheckConstraint(
                name="agreement_is_above_no_itself", condition=~Q(implements=F("id")) & ~Q(succeeds=F("id"))
            ),
        ]
        indexes = [  # what each day brings, of the whole installation (deadlines.py)
            models.Index(fields=["id"], name="agreement_to_be_signed", condition=Q(status=Status.TO_SIGN)),
            models.Index(fields=["ends_on"], name="agreement_ends", condition=Q(ends_on__isnull=False)),
            models.Index(
                fields=["closed_on"], name="agreement_ends_early", condition=Q(closed_on__isnull=False)
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if self.term_months is None:
            self.term_months = TERM_IN_MONTHS[AgreementKind(self.kind)]
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("desk:agreement_page", args=[self.pk])

    # What the dates say.

    def phase(self, on=None) -> Phase:
        """The stored status crossed with a date, today by default."""
        on = on or clock.today()
        if self.status not in IN_FORCE_ONCE_SIGNED:
            return Phase(self.status)
        if self.closed_on and self.closed_on <= on:
            return Phase.ENDED
        if on < self.starts_on:
            return Phase.NOT_YET
        if on > self.ends_on:
            return Phase.EXPIRED
        return Phase.IN_FORCE if on <= self.first_term_ends_on else Phase.RENEWED

    def is_in_force(self, on=None) -> bool:
        return self.phase(on) in {Phase.IN_FORCE, Phase.RENEWED}

    @property
    def first_term_ends_on(self):
        return last_day(self.starts_on, self.term_months) if self.starts_on else None

    def year(self, number: int):
        """First and last day of the agreement's nth year, cut at its end."""
        first = clock.months_after(self.starts_on, 12 * (number - 1))
        return first, min(last_day(self.starts_on, 12 * number), self.ends_on)

    @property
    def field_labels(self) -> list[str]:
        return [FieldOfAction(field).label for field in self.fields_of_action]

    # Steps. Each is the only way to reach its status.

    def sides_of(self, member) -> set[str]:
        """Directors, lead agents and network heads act for their organisation; the others read."""
        if member.reads_as not in ACTING:
            return set()
        sides: set[str] = {Side.LEADER} if member.organisation_id == self.lead_organisation_id else set()
        if any(party.organisation_id == member.organisation_id for party in self.parties.all()):
            sides.add(Side.SIGNING_PARTY)
        return sides

    def open(self, *, by):
        steps.take(self, "open", by=by)

    def submit(self, *, by):
        """Offer the text for signature. Raises `WrongStatus` while no party has a signatory."""
        steps.check(self, "submit", by=by)
        if not self.signatories.exists():
            raise WrongStatus(_("Name the signatories before submitting for signature."))
        steps.take(self, "submit", by=by)

    def sign(self, *, by, signatory: Signatory, signed_on=None, how=Signatory.How.INSIDE):
        """Record one signature of the reader's own side; the last one puts the agreement into effect."""
        steps.check(self, "sign", by=by)
        if signatory.agreement_id != self.pk or signatory.party.organisation_id != by.organisation_id:
            raise NotPermitted(_("Each organisation records the signatures of its own people."))
        signed_on = signed_on or clock.today()
        if not self.starts_on and last_day(signed_on, self._months()) < clock.today():
            sentence = _("Signed on that day, the agreement would have ended already. Check the year.")
            raise ValidationError({"signed_on": sentence})
        with transaction.atomic():
            # Under the agreement's lock: two last signatures at once would each miss the other.
            type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
            unsigned = self.signatories.filter(signed_on=None)
            name = signatory.name or str(by)
            if not unsigned.filter(pk=signatory.pk).update(name=name, signed_on=signed_on, how=how):
                raise WrongStatus(_("This signature is already recorded."))
            signature = {"signatory": name, "signed_on": signed_on, "how": how}
            events.record("signature_recorded", self, by=by, after=signature)
            if unsigned.exists():
                type(self).bump(self.pk)
            else:
                self._take_effect(by=by)
        self.refresh_from_db()

    def _take_effect(self, *, by):
        """On the day of the latest signature, whatever the order in which they were recorded."""
        self.refresh_from_db(fields=["version", "status"])
        signed_on = max(self.signatories.values_list("signed_on", flat=True))
        starts_on = self.starts_on or signed_on
        ends_on = last_day(starts_on, self._months())
        steps.take(self, "sign", by=by, signed_on=signed_on, starts_on=starts_on, ends_on=ends_on)

    def _months(self) -> int:
        return self.term_months * (1 + self.tacit_renewals)

    def denounce(self, *, by, closed_on, reason, run_off_until=None):
        """End the agreement early on a date, with a reason; open files may run off until another date."""
        steps.check(self, "denounce", by=by)
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the agreement ends early.")})
        if not self.starts_on <= closed_on <= self.ends_on:
            raise ValidationError({"closed_on": _("The date lies outside the agreement’s term.")})
        values = {"closed_on": closed_on, "closing_reason": reason, "run_off_until": run_off_until}
        steps.take(self, "denounce", by=by, **values)


def last_day(first, months):
    """The last day of a term of so many months that begins on `first`."""
    return clock.months_after(first, months) - clock.ONE_DAY
