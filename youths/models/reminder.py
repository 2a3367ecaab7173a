from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, Role
from common import clock
from common.records import Record
from youths.models.accompaniment import Accompaniment
from youths.models.choices import Audience
from youths.models.follow_up import not_erased, surrounded_by


class ReminderQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The own structure's about its own young people, less those of teams that the person is not in."""
        own = member.organisation_id
        match member.reads_as:
            case Role.COUNSELLOR | Role.DIRECTOR:
                return self.filter(
                    is_open_to_team(member), not_erased(member), organisation=own, structure=own
                )
        return self.none()

    def open(self):
        return self.filter(settled_at=None)

    def late(self):
        return self.open().filter(due_on__lt=clock.today())

    def of_today(self):
        return self.open().filter(due_on=clock.today())

    def due(self):
        """Late, or for today."""
        return self.open().filter(due_on__lte=clock.today())

    def for_list(self):
        return self.order_by("due_on", "pk")


def is_open_to_team(member) -> Q:
    return ~Q(audience=Audience.TEAM) | Q(owner=member) | surrounded_by(member)


class Reminder(Record):
    """What is to be done for one young person, and when: announced by a contact, or noted by itself.

    `organisation` set it, and it alone settles it. A contact with several young people sets one for each.
    """

    youth = models.ForeignKey(
        "youths.Youth", on_delete=models.PROTECT, related_name="reminders", db_index=False
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    structure = models.ForeignKey(  # the youth's
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    accompaniment = models.ForeignKey(
        Accompaniment, on_delete=models.PROTECT, null=True, related_name="reminders", db_index=False
    )
    what = models.CharField(_("next step"), max_length=200, blank=True)
    due_on = models.DateField(_("reminder on"))
    audience = models.CharField(
        _("who may read it"), max_length=9, choices=Audience, default=Audience.STRUCTURE
    )
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        constraints = [
            models.UniqueConstraint(
                name="reminder_one_open_per_contact_and_youth",
                fields=["accompaniment", "youth"],
                condition=Q(settled_at=None),
            ),
            models.CheckConstraint(
                name="reminder_settled_by_someone",
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="reminder_settled_after_it_was_set",
                condition=Q(settled_at=None) | Q(settled_at__gte=F("created_at")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on"], name="reminder_due", condition=Q(settled_at=None)
            ),
            models.Index(fields=["youth", "due_on"], name="reminder_of_youth", condition=Q(settled_at=None)),
        ]

    def __str__(self):
        return f"{self.what or _('Get back in touch')} ({self.due_on:%Y-%m-%d})"
