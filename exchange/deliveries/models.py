import datetime
import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Event, Letter, Membership, Organisation, Role
from common import clock
from common.queued import JobStatus, Queued, QueuedQuerySet
from exchange.deliveries.table import ByAct, Telling, Way, tellings
from exchange.links.models import PersonalLink

MOST_UNREAD = 99
AWAITING_DIGEST = models.Q(way=Way.DIGEST, digest=None)


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own. What it opens asks for its rights again."""
        return self.filter(member=member.pk) if member.role in Role else self.none()

    def unread(self):
        return self.filter(read_at=None)

    def awaiting_digest(self):
        """What people want to hear of once a day, have not read, and was in no mail of a day yet."""
        return self.unread().filter(AWAITING_DIGEST)

    def unread_count(self) -> int:
        """For the bell of every page: read in one index, counted no further than is told."""
        return self.unread().values("pk")[: MOST_UNREAD + 1].count()

    def for_list(self):
        """What a row prints, the newest first."""
        return self.select_related("event__organisation").order_by("-told_at", "pk")


class Notice(models.Model):
    """Something that concerns a person, in one of the roles they act in: an act, or what a date brings.

    Of an act it holds the event. Of a date it holds the record's id, and the occasion: of one occasion nobody is told
    twice. What kind of record that is, and its page, says the table.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    record_id = models.UUIDField(null=True)
    occasion = models.CharField(max_length=40, blank=True)
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=7, choices=Way, default=Way.AT_ONCE)  # as chosen when it was told
    digest = models.ForeignKey(
        "Digest", on_delete=models.PROTECT, null=True, related_name="notices", db_index=False
    )
    told_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        constraints = [
            models.UniqueConstraint(name="notice_once_for_each_person", fields=["event", "member"]),
            models.UniqueConstraint(
                name="notice_once_for_each_occasion",
                fields=["kind", "record_id", "occasion", "member"],
                condition=models.Q(event=None),
            ),
            models.CheckConstraint(
                name="notice_of_an_act_or_of_a_date",
                condition=models.Q(event__isnull=False, record_id=None, occasion="")
                | (models.Q(event=None, record_id__isnull=False) & ~models.Q(occasion="")),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-told_at", "id"], name="notice_latest"),
            models.Index(
                fields=["member", "-told_at", "id"], name="notice_unread", condition=models.Q(read_at=None)
            ),
            models.Index(
                fields=["member"],
                name="notice_awaiting_digest",
                condition=models.Q(read_at=None) & AWAITING_DIGEST,
            ),
            models.Index(
                fields=["digest"], name="notice_of_a_digest", condition=models.Q(digest__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self):
        return reverse("exchange:notice_open", args=[self.pk])

    @property
    def telling(self) -> Telling | None:
        """None for a kind that was told once and is no more."""
        return tellings().get(self.kind)

    @property
    def sentence(self):
        return self.telling.sentence if self.telling else _("Something was done that concerns you.")

    @property
    def called(self) -> str:
        """Which record it is about, for the screen alone; empty where the sentence says enough."""
        match self.telling:
            case None:
                return ""
            case ByAct() as telling:
                return telling.called(telling.record_of(self.event)) if telling.at else ""
            case telling:
                return telling.called(self.record_id)

    @property
    def address(self) -> str:
        """Of the page that it is about; of a kind that is no more, the list."""
        match self.telling:
            case None:
                return reverse("exchange:notice_list")
            case ByAct() as telling:
                return telling.address(self.event)
            case telling:
                return reverse(telling.opens, args=[self.record_id])


class Digest(models.Model):
    """What waits for a person, told once a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    day = models.DateField(default=clock.today)

    class Meta:
        verbose_name = _("digest")
        constraints = [
            models.UniqueConstraint(name="digest_once_for_each_person_and_day", fields=["member", "day"])
        ]

    def __str__(self):
        return f"{self.day} {self.pk}"


class Channel(models.TextChoices):
    MAIL = "mail", _("Mail")
    SMS = "sms", _("SMS")


OPEN = [JobStatus.QUEUED, JobStatus.RUNNING]
MINUTE, HOUR = datetime.timedelta(minutes=1), datetime.timedelta(hours=1)
CARRIED = ("notice", "link", "letter", "digest")


def carries_one() -> models.Q:
    """The condition that exactly one of them is there."""
    one = models.Q()
    for name in CARRIED:
        one |= models.Q(**{f"{other}__isnull": other != name for other in CARRIED})
    return one


class DeliveryQuerySet(QueuedQuerySet):
    def visible_to(self, member):
        """What could not be sent: the own organisation's, to whom runs its staff; all to the administrator."""
        undelivered = self.filter(status=JobStatus.FAILED, organisation__isnull=False)
        if member.role == Role.ADMINISTRATOR:
            return undelivered
        return undelivered.filter(organisation=member.organisation_id) if member.roles_run else self.none()

    def by_link(self, links) -> dict:
        """What became of them, by the id of what each is about."""
        subjects = {link.pk: link.subject_id for link in links}
        return {subjects[delivery.link_id]: delivery for delivery in self.filter(link__in=subjects)}

    def for_list(self):
        """What a row prints, the newest first."""
        return self.for_sending().order_by("-asked_at", "pk")

    def for_sending(self):
        """What a message is made of."""
        return self.select_related(
            "notice__member__user",
            "notice__member__organisation",
            "notice__event",
            "digest__member__user",
            "digest__member__organisation",
            "link",
            "letter",
        )


class Delivery(Queued):
    """One notice, personal link, letter or digest that leaves by one channel; the only way a message leaves.

    Written with what it carries, sent by a worker, never lost. It leaves twice only where a worker dies between the
    mail server's yes and our commit.
    """

    PAUSES = (MINUTE, 5 * MINUTE, 15 * MINUTE, *[HOUR] * 72)  # given up after three days

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="deliveries", db_index=False)
    link = models.ForeignKey(
        PersonalLink, models.PROTECT, null=True, related_name="deliveries", db_index=False
    )
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+", db_index=False)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="deliveries", db_index=False)
    # Whose head hears that it could not be sent; none where nobody may.
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", db_index=False
    )
    channel = models.CharField(max_length=4, choices=Channel, default=Channel.MAIL)
    asked_at = models.DateTimeField(default=clock.now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        constraints = [
            *Queued.Meta.constraints,
            models.CheckConstraint(name="delivery_carries_one_thing", condition=carries_one()),
            models.UniqueConstraint(name="delivery_once_by_each_channel", fields=["notice", "channel"]),
            models.UniqueConstraint(name="delivery_of_a_link_once", fields=["link", "channel"]),
            models.UniqueConstraint(name="delivery_of_a_letter_once", fields=["letter"]),
            models.UniqueConstraint(name="delivery_of_a_digest_once", fields=["digest", "channel"]),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="delivery_waiting", condition=models.Q(status__in=OPEN)),
            models.Index(
                fields=["organisation", "-asked_at", "id"],
                name="delivery_failed",
                condition=models.Q(status=JobStatus.FAILED),
            ),
            models.Index(
                fields=["-asked_at", "id"],
                name="delivery_failed_anywhere",
                condition=models.Q(status=JobStatus.FAILED),
            ),
        ]

    def __str__(self):
        return f"{self.channel} {self.pk}"  # never the address

    @property
    def member(self) -> Membership | None:
        """Whom it is for, if it is for somebody in a role."""
        carried = self.notice or self.digest
        return carried.member if carried else None

    @property
    def address(self) -> str:
        """Where it goes otherwise."""
        return self.link.email if self.link else self.letter.address if self.letter else ""

    @property
    def kind_words(self) -> str:
        """What kind of message it is, and no more."""
        kinds = {
            "notice_id": _("Notice"),
            "link_id": _("Invitation"),
            "letter_id": _("About the account"),
            "digest_id": _("Digest of the day"),
        }
        return next(str(words) for name, words in kinds.items() if getattr(self, name))
