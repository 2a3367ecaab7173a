import datetime
import secrets
import uuid

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import events
from accounts.models import Membership
from accounts.models.api_token import digest
from common import clock
from common.errors import WrongStatus
from exchange.links.purposes import PURPOSES, Purpose


class Closed(models.TextChoices):
    """Why a link serves no more."""

    REVOKED = "revoked"
    USED = "used"
    EXPIRED = "expired"
    BLOCKED = "blocked"  # by wrong codes
    VOID = "void"  # its subject no longer stands


class PersonalLinkQuerySet(models.QuerySet):
    def serving(self):
        return self.filter(
            revoked_at=None, blocked_at=None, expires_at__gt=clock.now(), uses__lt=F("uses_allowed")
        )

    def known_by(self, secret: str):
        """The link of that secret, closed or not; None for a secret of nobody's."""
        return self.filter(digest=digest(secret)).first()

    def issue(self, purpose: Purpose, subject, *, email: str):
        """A link to this record, for who reads this mailbox. The one before, if any, serves no more."""
        self.revoke(purpose, subject)
        return self.create(
            purpose=purpose.name,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            email=email,
            language=translation.get_language(),
            expires_at=clock.now() + purpose.serves,
            uses_allowed=purpose.uses,
        )

    def revoke(self, purpose: Purpose, subject):
        self.filter(subject_id=subject.pk, purpose=purpose.name, revoked_at=None).update(
            revoked_at=clock.now()
        )

    def latest_of(self, purpose: Purpose, subjects) -> dict:
        """By the id of their subject, those that are not revoked."""
        by_pk = {subject.pk: subject for subject in subjects}
        found = self.filter(subject_id__in=by_pk, purpose=purpose.name, revoked_at=None)
        for link in found:
            link.subject = by_pk[link.subject_id]  # which would be read one by one
        return {link.subject_id: link for link in found}


class PersonalLink(models.Model):
    """The only way in without an account: one purpose, one subject, one mailbox, some days, some uses.

    The worker makes the secret as it writes the mail and keeps a hash alone, so that the secret is stored nowhere; a
    mail that is written again holds another one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=20)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    email = models.EmailField()
    language = models.CharField(max_length=10)
    digest = models.CharField(max_length=64, null=True)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    uses_allowed = models.PositiveSmallIntegerField()
    uses = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)  # wrong ones since the last right one
    blocked_at = models.DateTimeField(null=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("personal link")
        constraints = [
            models.UniqueConstraint(name="personallink_one_for_each_secret", fields=["digest"]),
            models.UniqueConstraint(
                name="personallink_one_for_each_subject_and_purpose",
                fields=["subject_id", "purpose"],
                condition=Q(revoked_at=None),
            ),
            models.CheckConstraint(
                name="personallink_used_as_often_as_allowed", condition=Q(uses__lte=F("uses_allowed"))
            ),
        ]

    def __str__(self):
        return f"{self.purpose} {self.pk}"  # never the address

    def get_absolute_url(self):
        """Where its holder reads and acts, once it is opened."""
        return reverse(self.kind.page, args=[self.pk])

    @property
    def kind(self) -> Purpose:
        return PURPOSES[self.purpose]

    @cached_property
    def subject(self):
        return apps.get_model(self.subject_type)._base_manager.get(pk=self.subject_id)

    @property
    def closed_because(self) -> str:
        """One of `Closed`; empty while the link serves."""
        if self.revoked_at:
            return Closed.REVOKED
        if self.blocked_at:
            return Closed.BLOCKED
        if self.uses >= self.uses_allowed:
            return Closed.USED
        if self.expires_at <= clock.now():
            return Closed.EXPIRED
        return "" if self.kind.still_stands(self.subject) else Closed.VOID

    @property
    def last_day(self) -> datetime.date:
        return self.expires_at.astimezone(clock.PARIS).date()

    def new_secret(self) -> str:
        """For the mail that is being written; any earlier one opens nothing from now on."""
        secret = secrets.token_urlsafe(32)
        type(self).objects.filter(pk=self.pk).update(digest=digest(secret))
        return secret

    def new_address(self) -> str:
        """For that mail too. The secret stands after the #, which browsers send to nobody."""
        return f"{settings.SITE_URL}{reverse('exchange:link_open')}#{self.new_secret()}"

    def use(self, *, by: Membership):
        """Count a use, in the transaction of what it allows. Raises `WrongStatus` where none is left."""
        if not type(self).objects.serving().filter(pk=self.pk).update(uses=F("uses") + 1):
            raise WrongStatus(_("This link no longer serves."))
        events.record("link_used", self, by=by, about=self.subject)


class LinkCode(models.Model):
    """Six figures for who holds a link, sent apart from it. The worker makes them as it writes; a hash alone stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(PersonalLink, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    serves_until = models.DateTimeField()
    spent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="linkcode_one_for_each_link", fields=["link"], condition=Q(spent_at=None)
            ),
        ]
        indexes = [models.Index(fields=["link", "asked_at"], name="linkcode_of_a_link")]

    def __str__(self):
        return f"code {self.pk}"

    def new_figures(self) -> str:
        """For the message that is being written; any earlier ones open nothing."""
        figures = f"{secrets.randbelow(10**6):06}"
        type(self).objects.filter(pk=self.pk).update(digest=code_digest(self.link, figures))
        return figures


def code_digest(link: PersonalLink, figures: str) -> str:
    """A million are soon tried: only whoever has our secret besides the database could."""
    return salted_hmac("exchange.links.code", f"{link.pk}\n{figures}", algorithm="sha256").hexdigest()
