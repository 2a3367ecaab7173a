import datetime
import uuid

from django.db import models
from django.db.models import Q
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from common import clock
from common.mail import Words
from common.words import day_words
from exchange.links.purposes import Purpose, declare

WAITING = Q(done_at=None, withdrawn_at=None)


class AddressChangeQuerySet(models.QuerySet):
    def waiting(self, user):
        return self.filter(WAITING, user=user)


class AddressChange(models.Model):
    """Somebody asks to sign in with another address, and does once they confirm from that mailbox."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    email = models.EmailField(_("new address"))
    # Of the password that was given: whoever sets another one stops the change that a thief has asked for.
    password_mark = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="addresschange_one_waiting_for_each_person", fields=["user"], condition=WAITING
            ),
            models.CheckConstraint(
                name="addresschange_done_or_withdrawn", condition=Q(done_at=None) | Q(withdrawn_at=None)
            ),
        ]
        indexes = [models.Index(fields=["user", "asked_at"], name="addresschange_of_a_person")]

    def __str__(self):
        return f"address {self.pk}"  # never the address

    @property
    def stands(self) -> bool:
        """Not where the address is somebody's: no mail goes there then, and who asked is told the same as ever."""
        is_open = self.done_at is None and self.withdrawn_at is None and self.user.is_active
        is_free = not User.objects.filter(email__iexact=self.email).exists()
        return is_open and is_free and constant_time_compare(self.password_mark, mark_of(self.user))


def mark_of(user: User) -> str:
    return user.get_session_auth_hash()[:64]


def confirmation_words(link, address: str) -> Words:
    return Words(
        subject=gettext("Confirm your new address"),
        paragraphs=[
            gettext("Someone asks to sign in to Passerelle with this address."),
            gettext("If it is you, open this link and confirm with the button."),
        ],
        button=gettext("Confirm this address"),
        url=address,
        small=[
            gettext(
                "It serves once, until %(day)s. If you do not know what this is about, ignore it: nothing happens."
            )
            % {"day": day_words(link.last_day)}
        ],
    )


CHANGE_ADDRESS = declare(
    Purpose(
        name="address",
        page="exchange:address_confirm",
        still_stands=lambda change: change.stands,
        words=confirmation_words,
        serves=datetime.timedelta(days=1),
    )
)
