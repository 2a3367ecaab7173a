import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import steps
from accounts.models import Membership, Organisation
from common import clock
from common.errors import DomainError
from common.records import Record
from exchange.documents.carrier import Carrier
from exchange.threads.conversation import Conversation
from partnerships.models import Agreement, ServiceOffer
from referrals.models.choices import DeclineReason, Informed, Outcome, Paper, Readers, Urgency
from referrals.models.referral_queryset import EXPIRES_AFTER, ReferralQuerySet
from referrals.workflow import ANSWERED, ENDED, OPEN, SHARING, STEPS, WORDS, Side, Status
from youths.models import SHAREABLE, Share, Youth


class AgreementNotInForce(DomainError):
    code = "agreement_not_in_force"


class Referral(Record):
    """A young person proposed by one organisation to another, step by step, to its outcome."""

    STEPS = STEPS

    youth = models.ForeignKey(Youth, on_delete=models.PROTECT, related_name="+")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    recipient = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("partner"),
        db_index=False,
    )
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,  # by letter; the first constraint below refuses it otherwise
        related_name="+",
        db_index=False,
        verbose_name=gettext_lazy("agreement"),
    )
    by_letter = models.BooleanField(default=False, editable=False)
    offer = models.ForeignKey(
        ServiceOffer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("offer"),
    )
    motive = models.TextField(gettext_lazy("why this partner"))
    urgency = models.CharField(gettext_lazy("urgency"), max_length=6, choices=Urgency, default=Urgency.NORMAL)
    informed = models.CharField(
        gettext_lazy("how the young person was informed"), max_length=8, choices=Informed
    )
    fields = models.JSONField(gettext_lazy("what is shared"), default=list, blank=True)
    shows_accompaniments = models.BooleanField(gettext_lazy("contacts marked as shared"), default=False)
    answer_by = models.DateField(gettext_lazy("answer wanted by"), null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT, editable=False)
    share = models.OneToOneField(Share, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    sent_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    decline_reason = models.CharField(max_length=14, choices=DeclineReason, blank=True, editable=False)
    answer_note = models.TextField(blank=True, editable=False)
    outcome = models.CharField(max_length=14, choices=Outcome, blank=True, editable=False)
    outcome_note = models.TextField(blank=True, editable=False)

    objects = ReferralQuerySet.as_manager()

    DOCUMENTS = Carrier(
        kinds=Paper,
        readers={Readers.BOTH: ReferralQuerySet.showing_the_person},
        writers=ReferralQuerySet.showing_the_person,
        page="referrals:referral_detail",
        about="youth",
    )
    THREAD = Conversation(
        readers=ReferralQuerySet.showing_the_person,
        writers=ReferralQuerySet.discussed_by,
        page="referrals:referral_detail",
        about="youth",
    )

    class Meta:
        verbose_name = gettext_lazy("referral")
        constraints = [
            models.CheckConstraint(
                name="referral_under_an_agreement_or_by_letter",
                condition=Q(by_letter=True, agreement=None, share=None)
                | Q(by_letter=False, agreement__isnull=False),
                violation_error_message=gettext_lazy("A referral stands on an agreement in force."),
            ),
            models.CheckConstraint(name="referral_to_someone_else", condition=~Q(sender=F("recipient"))),
            models.UniqueConstraint(
                name="referral_one_open_per_offer",
                fields=["youth", "recipient", "offer"],
                condition=Q(status__in=sorted(OPEN), offer__isnull=False),
                violation_error_message=gettext_lazy(
                    "This young person already has an open referral to this partner for this offer."
                ),
            ),
            models.UniqueConstraint(
                name="referral_one_open_without_an_offer",
                fields=["youth", "recipient"],
                condition=Q(status__in=sorted(OPEN), offer=None),
                violation_error_message=gettext_lazy(
                    "This young person already has an open referral to this partner."
                ),
            ),
            models.CheckConstraint(
                name="referral_sent_at_matches_status",
                condition=Q(status=Status.DRAFT, sent_at=None)
                | Q(status=Status.CANCELLED)
                | (~Q(status__in=[Status.DRAFT, Status.CANCELLED]) & Q(sent_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="referral_answered_at_matches_status",
                condition=Q(status__in=sorted(ANSWERED), answered_at__isnull=False)
                | (~Q(status__in=sorted(ANSWERED)) & Q(answered_at=None)),
            ),
            models.CheckConstraint(
                name="referral_declined_with_a_reason",
                condition=(Q(status=Status.DECLINED) & ~Q(decline_reason=""))
                | (~Q(status=Status.DECLINED) & Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="referral_ended_with_an_outcome",
                condition=(Q(status__in=sorted(ENDED), ended_at__isnull=False) & ~Q(outcome=""))
                | (~Q(status__in=sorted(ENDED)) & Q(ended_at=None, outcome="")),
            ),
            models.CheckConstraint(
                name="referral_shares_while_it_runs",
                condition=~Q(status__in=sorted(SHARING)) | Q(share__isnull=False) | Q(by_letter=True),
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "status", "sent_at"], name="referral_received"),
            models.Index(fields=["sender", "status", "sent_at"], name="referral_made"),
            models.Index(
                fields=["sender", "answered_at"],
                name="referral_answered",
                condition=Q(status__in=[Status.ACCEPTED, Status.DECLINED]),
            ),
            models.Index(
                fields=["sender", "-created_at", "id"],
                name="referral_latest_letters",
                condition=Q(by_letter=True),
            ),
            models.Index(fields=["agreement", "sent_at"], name="referral_of_an_agreement"),
            # What each day brings, of the whole installation (deadlines.py).
            models.Index(
                fields=["answer_by"], name="referral_answer_wanted", condition=Q(status=Status.SENT)
            ),
            models.Index(fields=["sent_at"], name="referral_unanswered", condition=Q(status=Status.SENT)),
            models.Index(fields=["sender", "-created_at", "id"], name="referral_latest_sent"),
            models.Index(fields=["recipient", "-created_at", "id"], name="referral_latest_received"),
        ]

    def __str__(self):
        """The case, not the person: this stands in titles that outlive the share."""
        return _("Referral %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("referrals:referral_detail", args=[self.pk])

    def clean(self):
        unknown = set(self.fields) - set(SHAREABLE)
        if unknown:
            raise ValidationError({"fields": _("Some of these fields cannot be shared.")})
        if self.offer and self.offer.organisation_id != self.recipient_id:
            raise ValidationError({"offer": _("This offer is another organisation’s.")})
        if self.agreement:
            self._check_agreement()

    # What a reader sees.

    @property
    def number(self) -> str:
        """Short enough to be said on the phone."""
        return number_of(self.pk)

    @property
    def person_shown(self) -> bool:
        """Whether the reader may see the person, and not the case alone (needs `for_reader`)."""
        return self.is_own or self.open_share is not None

    @property
    def person(self) -> Youth | None:
        """The young person, or None where the reader sees the case alone (needs `for_reader`)."""
        return self.youth if self.person_shown else None

    def wording(self, member) -> str:
        """The state in the words of the reader's side."""
        side = Side.RECIPIENT if member.organisation_id == self.recipient_id else Side.SENDER
        return str(WORDS[side].get(Status(self.status), self.get_status_display()))

    @property
    def expires_on(self):
        """Last day on which an unanswered referral can be accepted."""
        return expires_on(self.sent_at) if self.sent_at else None

    @property
    def is_expired(self) -> bool:
        return is_expired(self.status, self.sent_at)

    @property
    def is_late(self) -> bool:
        return self.status == Status.SENT and bool(self.answer_by) and clock.today() > self.answer_by

    # Steps. Each is the only way to reach its status.

    def sides_of(self, member) -> set[str]:
        """A letter's recipient has no access: the sender writes down what it answers."""
        if not (member.is_mission_locale_staff or member.is_partner_staff):
            return set()
        sides: set[str] = set()
        if member.organisation_id == self.sender_id:
            sides = {Side.SENDER, Side.RECIPIENT} if self.by_letter else {Side.SENDER}
        elif member.organisation_id == self.recipient_id and not self.by_letter:
            sides = {Side.RECIPIENT}
        return sides

    def send(self, *, by):
        """Propose the young person; the share opens in the same transaction.

        Raises `AgreementNotInForce` when nothing binds the two organisations today.
        """
        steps.check(self, "send", by=by)
        with transaction.atomic():
            if self.agreement:
                self._hold_agreement()
                self.share = self._open_share()
            self._take("send", by, sent_at=clock.now(), share=self.share)

    def accept(self, *, by, note=""):
        """Raises `AgreementNotInForce` when the agreement has ended since the referral was sent."""
        steps.check(self, "accept", by=by)
        if self.is_expired:
            raise DomainError(_("This referral has expired. Ask the Mission Locale to send it again."))
        with transaction.atomic():
            if self.agreement:
                self._hold_agreement()
            self._take("accept", by, answered_at=clock.now(), answer_note=note)
            if self.share:
                self.share.write(takes_notes=True)

    def decline(self, *, by, reason, note=""):
        if reason not in DeclineReason:
            raise ValidationError({"reason": _("Say why you decline.")})
        self._end_share_and_take(
            "decline", by, answered_at=clock.now(), decline_reason=reason, answer_note=note
        )

    def start(self, *, by):
        self._take("start", by)

    def complete(self, *, by, outcome, note=""):
        self._end("complete", by, outcome, note)

    def stop(self, *, by, outcome, note=""):
        self._end("stop", by, outcome, note)

    def cancel(self, *, by):
        self._end_share_and_take("cancel", by)

    def _end(self, name, by, outcome, note):
        if outcome not in Outcome:
            raise ValidationError({"outcome": _("Say what came out of it.")})
        self._end_share_and_take(name, by, ended_at=clock.now(), outcome=outcome, outcome_note=note)

    def _end_share_and_take(self, name, by, **changes):
        with transaction.atomic():
            self._take(name, by, **changes)
            if self.share:
                self.share.close()

    def _take(self, name, by, **changes):
        steps.take(self, name, by=by, about=self.youth, **changes)

    def _open_share(self) -> Share:
        share = Share(
            youth=self.youth,
            organisation=self.recipient,
            ground=self.agreement,
            fields=self.fields,
            shows_accompaniments=self.shows_accompaniments,
        )
        share.save()
        return share

    def _hold_agreement(self):
        """Under the agreement's lock: nobody ends it between the look at it and the step."""
        Agreement.objects.select_for_update(no_key=True).get(pk=self.agreement_id)
        self._check_agreement()

    def _check_agreement(self):
        """Both organisations must be covered, at the young person's site, by an agreement in force today."""
        standing = Agreement.objects.in_force().filter(pk=self.agreement_id)
        if standing.linking(self.sender, self.recipient, site=self.youth.site_id).exists():
            return
        names = {"agreement": self.agreement}
        if self.youth.site_id is None and standing.covering(self.sender).covering(self.recipient).exists():
            raise AgreementNotInForce(
                _("“%(agreement)s” covers some sites only. Say in the file where the young person goes.")
                % names
            )
        raise AgreementNotInForce(
            _("“%(agreement)s” is not in force between the two organisations for this site.") % names
        )


# Of a row as well as of a record.


def number_of(pk) -> str:
    return str(pk)[:8].upper()


def expires_on(sent_at: datetime.datetime) -> datetime.date:
    return (sent_at + EXPIRES_AFTER).astimezone(clock.PARIS).date()


def is_expired(status: str, sent_at: datetime.datetime | None) -> bool:
    return status == Status.SENT and clock.today() > expires_on(sent_at)
