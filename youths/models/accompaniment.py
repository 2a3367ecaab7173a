import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, Organisation, Role
from accounts.prepared import ForReader
from common import clock
from common.pagination import Ranged
from common.records import Record
from partnerships.models import Theme
from youths.models.choices import Audience, ContactKind, Place
from youths.models.follow_up import surrounded_by
from youths.models.share import Share

KEPT_AFTER_CLOSING = 7  # months during which a partner still reads its own acts
LONGEST = 24 * 60  # minutes
# The order that founded them is of March 1982: an earlier contact is a slip of the keyboard.
FIRST_MISSIONS_LOCALES = datetime.date(1982, 1, 1)


class AccompanimentQuerySet(Ranged):
    def visible_to(self, member, *, youth=None):
        """The own structure's, less what is for the team only; of other structures' young people what is shared.

        `youth` is the id of the only young person who is asked about, whose shares then are the only ones looked at.
        """
        match member.reads_as:
            case Role.COUNSELLOR | Role.DIRECTOR:
                own, shares = Q(of_the_structure.condition(member)), shares_read_by(member, youth)
                if not shares:
                    return self.filter(own)
                here, shared = Q(structure=member.organisation_id), shared_with(member, shares)
                return self.in_ranges(own, ~here & shared)
            case Role.AGENT | Role.LEAD:
                return self.filter(shared_with(member, shares_read_by(member, youth)))
        return self.none()

    def of_own_files(self, member):
        """Of those, what is about the own structure's young people: which no share decides."""
        is_staff = member.is_mission_locale_staff
        return self.filter(of_the_structure.condition(member)) if is_staff else self.none()

    def signed_for(self, member):
        """Those of which the reader may know who noted them, as `is_signed_for` says of one."""
        own = member.organisation_id
        return self.filter(~Q(audience=Audience.PARTNER) | Q(organisation=own) | Q(structure=own))

    def about(self, youth, member):
        """Those of which the reader is told that they were with this young person, as `youths_told_to` says of one."""
        own = member.organisation_id
        shares = Share.objects.open_to(member).filter(youth=youth)
        shown = Exists(shares.filter(shows_accompaniments=True))
        passed = PassedNote.objects.open_to(member).filter(accompaniment=OuterRef("pk"), share__youth=youth)
        return self.filter(
            Q(organisation=own)
            | Q(structure=own)
            | Q(shown, audience=Audience.SHARED)
            | Q(Exists(passed), audience=Audience.PARTNER),
            youths=youth,
        )

    def for_list(self):
        return (
            self.select_related("author__user", "organisation", "structure")
            .prefetch_related("themes", "youths")
            .order_by("-happened_at", "pk")
        )


@ForReader
def of_the_structure(member) -> models.QuerySet:
    """About the own young people: what colleagues wrote for the reader, and what partners noted."""
    in_the_team = Participation.objects.apart().filter(
        surrounded_by(member), audience=Audience.TEAM, accompaniment=OuterRef("pk")
    )
    readable = ~Q(audience=Audience.TEAM) | Q(author=member) | Exists(in_the_team)
    alone = Q(pk__in=about_the_erased_alone(member))
    return Accompaniment.objects.filter(readable, ~alone, structure=member.organisation_id)


def about_the_erased_alone(member) -> models.QuerySet:
    """The erased of the structure are few and have an index: none of its contacts is asked one by one."""
    erased = Participation._meta.get_field("youth").related_model.objects.erased_in(member.organisation_id)
    others = Participation.objects.filter(accompaniment=OuterRef("accompaniment"), youth__erased_at=None)
    here = Participation.objects.filter(~Exists(others), youth__in=erased.values("pk"))
    return here.values("accompaniment")


def shared_with(member, shares) -> Q:
    """About young people of another structure: the own notes, what it wrote for sharing, what it passed on.

    `shares` are those of the own organisation that are open, or closed lately; their ids bound what is looked at.
    """
    running = [share for share in shares if share.is_open]
    shown = {share.youth for share in running if share.shows_accompaniments}
    about = Participation.objects.apart().filter(
        Q(audience=Audience.PARTNER) | Q(audience=Audience.SHARED, youth__among=shown),
        youth__among={share.youth for share in shares},
    )
    passed_on = PassedNote.objects.filter(share__among=[share.pk for share in running])
    return Q(pk__in=about.values("accompaniment")) & (
        Q(audience=Audience.SHARED)
        | Q(organisation=member.organisation_id)
        | Q(pk__in=passed_on.values("accompaniment"))
    )


def shares_read_by(member, youth=None) -> list:
    """Those of the own organisation that are open, and those that were closed lately: ids alone, in one query."""
    return shares_read.rows(member, **({"youth": youth} if youth else {}))


@ForReader
def shares_read(member, **of_whom) -> models.QuerySet:
    limit = clock.midnight(clock.months_after(clock.today(), -KEPT_AFTER_CLOSING))
    lately = Share.objects.filter(
        organisation=member.organisation_id,
        closed_at__gte=limit,
        youth__opposed_at=None,
        youth__erased_at=None,
        **of_whom,
    )
    open_now = Share.objects.open_to(member).filter(**of_whom).values("pk")
    read = Share.objects.filter(pk__in=open_now.union(lately.values("pk"), all=True))
    is_open = ExpressionWrapper(Q(closed_at=None), output_field=models.BooleanField())
    return read.annotate(is_open=is_open).values_list(
        "pk", "youth", "is_open", "shows_accompaniments", named=True
    )


class Accompaniment(Record):
    """One act with one or several young people: when, how, where, what was said, what comes next.

    `organisation` noted it, `structure` is the young people's: the same one, unless a partner noted it.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    structure = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    youths = models.ManyToManyField("youths.Youth", through="Participation", related_name="accompaniments")
    happened_at = models.DateTimeField(gettext_lazy("moment"), default=clock.now)
    minutes = models.PositiveSmallIntegerField(gettext_lazy("length in minutes"), null=True, blank=True)
    kind = models.CharField(gettext_lazy("kind"), max_length=9, choices=ContactKind)
    place = models.CharField(gettext_lazy("place"), max_length=9, choices=Place, blank=True)
    made = models.BooleanField(gettext_lazy("took place"), default=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+", verbose_name=gettext_lazy("themes"))
    text = models.TextField(gettext_lazy("note"), blank=True)
    audience = models.CharField(
        gettext_lazy("who may read it"), max_length=9, choices=Audience, default=Audience.STRUCTURE
    )
    # What was announced, as it was noted; a Reminder for each young person keeps what becomes of it.
    next_step = models.CharField(gettext_lazy("next step"), max_length=200, blank=True)
    next_on = models.DateField(gettext_lazy("reminder on"), null=True, blank=True)
    next_done_at = models.DateTimeField(null=True, editable=False)

    objects = AccompanimentQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("accompaniment")
        constraints = [
            models.CheckConstraint(
                name="accompaniment_of_a_partner_is_for_it_and_the_structure",
                condition=Q(audience=Audience.PARTNER) & ~Q(organisation=F("structure"))
                | ~Q(audience=Audience.PARTNER) & Q(organisation=F("structure")),
                violation_error_message=gettext_lazy(
                    "A partner’s note is for itself and the structure; the structure chooses among the others."
                ),
            ),
            models.CheckConstraint(
                name="accompaniment_next_step_has_a_date",
                condition=Q(next_step="") | Q(next_on__isnull=False),
                violation_error_message=gettext_lazy("Give the next step a date."),
            ),
            models.CheckConstraint(
                name="accompaniment_reminder_done_only_if_set",
                condition=Q(next_done_at=None) | Q(next_on__isnull=False),
            ),
            models.CheckConstraint(
                name="accompaniment_within_a_day",
                condition=Q(minutes=None) | Q(minutes__lte=LONGEST),
                violation_error_message=gettext_lazy("A contact lasts 24 hours at most."),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-happened_at", "id"], name="accompaniment_latest_first"),
            models.Index(fields=["structure", "-happened_at", "id"], name="accompaniment_of_a_structure"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.happened_at:%Y-%m-%d})"

    def clean(self):
        if self.happened_at and self.happened_at > clock.now() + datetime.timedelta(minutes=5):
            raise ValidationError({"happened_at": _("A contact is noted once it has taken place.")})
        if self.happened_at and self.happened_at.date() < FIRST_MISSIONS_LOCALES:
            raise ValidationError({"happened_at": _("This date is too far back. Check the year.")})
        if self.next_on and self.next_on < clock.today() and self._state.adding:
            raise ValidationError({"next_on": _("The reminder lies in the past.")})

    def tie(self, youth_ids):
        """Say whom it is about: once, in the transaction that writes it."""
        Participation.objects.bulk_create(
            Participation(
                accompaniment=self,
                youth_id=pk,
                structure_id=self.structure_id,
                happened_at=self.happened_at,
                audience=self.audience,
            )
            for pk in sorted(youth_ids)
        )

    @property
    def label(self) -> str:
        """What a timeline calls it."""
        return self.get_kind_display() if self.made else _("Did not answer or did not come")

    def is_signed_for(self, member) -> bool:
        """Whether the reader may know who noted it: a partner's very name may tell something about someone."""
        return self.audience != Audience.PARTNER or member.organisation_id in {
            self.organisation_id,
            self.structure_id,
        }

    def youths_told_to(self, member) -> list:
        """With whom it was, as far as the reader may know: of a group, not those whose share does not show it.

        Needs `youths` that went through `showing_contacts_to(member)`, and `passed_on` through `open_to(member)`.
        """
        youths = list(self.youths.all())
        if member.organisation_id in {self.organisation_id, self.structure_id}:
            return youths
        if self.audience == Audience.PARTNER:
            passed = {note.share.youth_id for note in self.passed_on.all()}
            return [youth for youth in youths if youth.pk in passed]
        return [youth for youth in youths if youth.shows_contacts]


class PassedNoteQuerySet(models.QuerySet):
    def open_to(self, member):
        """Those whose share the reader has open."""
        return self.filter(share__in=Share.objects.open_to(member).values("pk")).select_related("share")


class ParticipationQuerySet(models.QuerySet):
    def apart(self):
        """In contacts that are not for the whole structure, and for it alone: the condition of an index."""
        return self.exclude(audience=Audience.STRUCTURE)


class Participation(models.Model):
    """One young person of an accompaniment, with what lists of one person's contacts ask: written with it by `tie`."""

    accompaniment = models.ForeignKey(
        Accompaniment, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    youth = models.ForeignKey("youths.Youth", on_delete=models.PROTECT, related_name="+", db_index=False)
    structure = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    happened_at = models.DateTimeField()
    audience = models.CharField(max_length=9, choices=Audience)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="participation_once", fields=["accompaniment", "youth"]),
        ]
        indexes = [
            models.Index(fields=["youth", "-happened_at"], name="participation_of_youth"),
            # What some read and others do not; most of what is noted is for the structure.
            models.Index(
                fields=["youth", "audience"],
                name="participation_apart",
                condition=~Q(audience=Audience.STRUCTURE),
            ),
        ]

    def __str__(self):
        return f"{self.accompaniment_id} {self.youth_id}"


class PassedNote(models.Model):
    """One note of a partner that the structure passed on, on purpose, to the reader of one share."""

    accompaniment = models.ForeignKey(
        Accompaniment, on_delete=models.PROTECT, related_name="passed_on", db_index=False
    )
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    passed_at = models.DateTimeField(default=clock.now)

    objects = PassedNoteQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("passed note")
        constraints = [
            models.UniqueConstraint(name="note_passed_on_once", fields=["accompaniment", "share"]),
        ]

    def __str__(self):
        return f"{self.accompaniment} → {self.share.organisation}"
