import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import events
from accounts.models import Membership, Organisation, Role
from common import clock, locks
from common.errors import DomainError, NotPermitted, Stale, WrongStatus
from common.records import Record

SILENCE = datetime.timedelta(days=30)


def heard_at(path="") -> Coalesce:
    """The last news from the young person; before any, the beginning. An index holds it."""
    return Coalesce(f"{path}last_contact_at", f"{path}opened_at")


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, member):
        match member.reads_as:
            case Role.COUNSELLOR | Role.DIRECTOR:
                return self.filter(not_erased(member), structure=member.organisation_id)
        return self.none()

    def open(self):
        return self.filter(closed_at=None)

    def silent(self, since=None):
        """Without news from the young person since that moment, thirty days ago by default."""
        return self.open().alias(heard_at=heard_at()).filter(heard_at__lt=since or clock.now() - SILENCE)

    def for_list(self):
        return self.select_related("youth", "referent__user").order_by("-opened_at", "pk")

    def begin(self, youth, *, referent, by, opened_at=None):
        """Open a follow-up with its single referent. Raises `WrongStatus` when one is open already."""
        opened_at = opened_at or clock.now()
        try:
            with transaction.atomic():
                lock(youth)
                # Whoever closes the structure takes its row whole: before us, and is seen below, or after us.
                locks.share(Organisation, youth.organisation_id, locks.Against.ALL_OF_IT)
                check_may_be_referent(referent, youth=youth, by=by)
                spell = self.filter(youth=youth).count() + 1
                follow_up = self.create(
                    youth=youth,
                    structure_id=youth.organisation_id,
                    referent=referent,
                    spell=spell,
                    opened_at=opened_at,
                )
                type(youth).objects.filter(pk=youth.pk, waits=True).update(waits=False)
                follow_up.assign(referent, by=by, at=opened_at, reason=_("Follow-up opened"))
                after = {"referent": referent.pk, "spell": spell}
                events.record("follow_up_opened", follow_up, by=by, about=youth, after=after)
        except IntegrityError as error:
            raise WrongStatus(_("This young person already has an open follow-up.")) from error
        return follow_up


class FollowUp(Record):
    """One spell of being followed. While it is open it has exactly one referent, in this NOT NULL column."""

    youth = models.ForeignKey(
        "youths.Youth", on_delete=models.PROTECT, related_name="follow_ups", db_index=False
    )
    structure = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # the youth's
    referent = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    spell = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, editable=False)
    closing_reason = models.TextField(blank=True, editable=False)
    last_contact_at = models.DateTimeField(null=True, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("follow-up")
        constraints = [
            models.UniqueConstraint(
                name="follow_up_one_open_per_youth", fields=["youth"], condition=Q(closed_at=None)
            ),
            models.UniqueConstraint(name="follow_up_spells_numbered", fields=["youth", "spell"]),
            models.CheckConstraint(
                name="follow_up_closed_with_a_reason",
                condition=(Q(closed_at=None) & Q(closing_reason=""))
                | (Q(closed_at__gte=F("opened_at")) & ~Q(closing_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["referent", "youth"], name="follow_up_caseload", condition=Q(closed_at=None)
            ),
            models.Index(fields=["structure", "-opened_at", "id"], name="follow_up_latest_first"),
            models.Index(fields=["referent", "-opened_at", "id"], name="follow_up_of_a_referent"),
            models.Index(F("structure"), heard_at(), name="follow_up_silent", condition=Q(closed_at=None)),
        ]

    def __str__(self):
        return f"{self.youth} ({self.spell})"

    def hand_over(self, *, to: Membership, by: Membership, reason: str, expected: int | None = None):
        """Change the single referent: the ONE action that does, for screen, API and bulk hand-over alike.

        Raises `ValidationError` without a reason, `NotPermitted` for another structure or someone who
        left, `WrongStatus` when the follow-up is closed, `Stale` when `expected` is no longer its version.
        """
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the referent changes.")})
        with transaction.atomic():
            lock(self.youth)
            self.refresh_from_db()
            if self.closed_at:
                raise WrongStatus(_("This follow-up is closed: it has no referent to change."))
            check_may_be_referent(to, youth=self.youth, by=by)
            if expected not in (None, self.version):
                raise Stale(_("The referent has just been changed by someone else."), self)
            if self.referent_id == to.pk:
                raise DomainError(_("%(name)s is already the referent.") % {"name": to})
            former = self.referent_id
            moment = clock.now()
            self.write(referent=to)
            self.assignments.filter(ends_at=None).update(ends_at=moment)
            self.assign(to, by=by, at=moment, reason=reason.strip())
            events.record(
                "referent_changed",
                self,
                by=by,
                about=self.youth,
                before={"referent": former},
                after={"referent": to.pk, "reason": reason.strip()},
            )

    def was_handed_over(self, *, to, by, reason) -> bool:
        """Whether the referent of today was named by this very act: the first of two clicks."""
        return self.assignments.filter(ends_at=None, referent=to, by=by, reason=reason.strip()).exists()

    def close(self, *, by, reason):
        """End this spell; the history keeps who was referent until now."""
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the follow-up ends.")})
        with transaction.atomic():
            lock(self.youth)
            self.refresh_from_db()
            if self.closed_at:
                raise WrongStatus(_("This follow-up is already closed."))
            check_same_structure(by, self.youth)
            moment = clock.now()
            self.write(closed_at=moment, closing_reason=reason.strip())
            self.assignments.filter(ends_at=None).update(ends_at=moment)
            after = {"closed_at": moment, "reason": reason.strip()}
            events.record("follow_up_closed", self, by=by, about=self.youth, after=after)

    def assign(self, referent, *, by, at, reason):
        """Open a row of the referent's history; called in the transaction that writes the referent."""
        ReferentAssignment.objects.create(
            follow_up=self, referent=referent, by=by, starts_at=at, reason=reason
        )


class ReferentAssignment(models.Model):
    """Who was the single referent from when to when, and why that changed."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="assignments")
    referent = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.TextField()

    class Meta:
        verbose_name = gettext_lazy("referent’s history")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="referent_assignment_one_open", fields=["follow_up"], condition=Q(ends_at=None)
            ),
            models.CheckConstraint(
                name="referent_assignment_dates_in_order",
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
            ),
            models.CheckConstraint(name="referent_assignment_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.referent} ({self.starts_at:%Y-%m-%d})"


class TeamMember(models.Model):
    """Someone of the structure around a young person. Joining the team never changes the referent."""

    youth = models.ForeignKey("youths.Youth", on_delete=models.PROTECT, related_name="team", db_index=False)
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    part = models.CharField(gettext_lazy("part in the team"), max_length=100, blank=True)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name = gettext_lazy("member of the team")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="team_member_once", fields=["youth", "member"], condition=Q(ends_on=None)
            )
        ]
        indexes = [models.Index(fields=["member", "youth"], name="team_of", condition=Q(ends_on=None))]

    def __str__(self):
        return str(self.member)


def surrounded_by(member) -> Q:
    """Condition on a row that has a `youth`: the person is its single referent, or in its team.

    One set, so that its few young people can be where the reading begins: of two in an OR, every row would be asked.
    """
    referred = FollowUp.objects.open().filter(referent=member).values("youth")
    around = TeamMember.objects.filter(member=member, ends_on=None).order_by().values("youth")
    return Q(youth__in=referred.union(around, all=True))


def not_erased(member) -> Q:
    """Condition on a row about a young person of the member's structure.

    The erased of a structure are few and have an index: they are read once, where a join would ask each row's file.
    """
    youths = FollowUp._meta.get_field("youth").related_model.objects
    return ~Q(youth__in=youths.erased_in(member.organisation_id).values("pk"))


def lock(youth):
    """Take the young person's row lock (on SQLite the transaction itself is exclusive).

    `no_key`: a full lock would also stop whoever writes a row about this person, in a circle at worst.
    """
    type(youth).objects.select_for_update(no_key=True).get(pk=youth.pk)


def check_same_structure(by, youth):
    if not by.is_mission_locale_staff or by.organisation_id != youth.organisation_id:
        raise NotPermitted(_("Only the young person’s own structure decides that."))


def check_may_be_referent(member, *, youth, by):
    """Someone active of the same structure; the row lock keeps them from being disabled meanwhile.

    A shared one: two who give young people to one colleague, of whom some are the same, would wait in a circle.
    """
    check_same_structure(by, youth)
    locks.share(Membership, member.pk, locks.Against.WRITES)
    colleagues = Membership.objects.active().staff().exclude(role=Role.CLIENT)
    if not colleagues.filter(organisation=youth.organisation_id, pk=member.pk).exists():
        raise NotPermitted(_("The referent must be someone who works in this structure today."))
