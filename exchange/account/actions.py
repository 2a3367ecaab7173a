"""What somebody changes of their own account."""

import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import events, letters
from accounts.changes import change
from accounts.models import Membership, User
from common import clock
from common.errors import WrongStatus
from exchange.account.models import CHANGE_ADDRESS, AddressChange, mark_of
from exchange.deliveries.actions import send_link
from exchange.links.models import PersonalLink

MOST_A_DAY = 5  # mails to addresses that somebody types


@transaction.atomic
def describe(*, by: Membership, title: str, **values) -> None:
    """The own name and language, and the title in the organisation one acts for."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.user_id)
    before = {name: getattr(user, name) for name in values if getattr(user, name) != values[name]}
    if before:
        User.objects.filter(pk=user.pk).update(**values)
        events.record("changed", user, by=by, before=before, after={name: values[name] for name in before})
    change(by, by=by, title=title)


@transaction.atomic
def ask_for_address(email: str, *, by: Membership) -> AddressChange:
    """Send a link to the new address and word to the present one; what was asked before is withdrawn.

    The same for an address that is somebody's: nothing tells whose addresses we know. Raises `WrongStatus` for
    who asks all day.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=by.user_id)
    since = clock.now() - datetime.timedelta(days=1)
    if AddressChange.objects.filter(user=user, asked_at__gt=since).count() >= MOST_A_DAY:
        raise WrongStatus(_("You have asked for several addresses today. Try again tomorrow."))
    take_back(user)
    asked = AddressChange.objects.create(user=user, by=by, email=email, password_mark=mark_of(user))
    send_link(PersonalLink.objects.issue(CHANGE_ADDRESS, asked, email=email))
    events.record("address_asked", user, by=by)
    letters.write(letters.MOVING, user.email, language=user.language)
    return asked


@transaction.atomic
def withdraw_address(*, by: Membership) -> None:
    """Withdrawing twice is withdrawing once."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.user_id)
    if take_back(user):
        events.record("address_withdrawn", user, by=by)


def take_back(user: User) -> int:
    waiting = list(AddressChange.objects.waiting(user))
    for asked in waiting:
        PersonalLink.objects.revoke(CHANGE_ADDRESS, asked)
    return AddressChange.objects.waiting(user).update(withdrawn_at=clock.now())


@transaction.atomic
def confirm_address(link: PersonalLink) -> User:
    """From now on one signs in with it. Sessions stay; links for a new password sent to the former address die.

    Raises `WrongStatus` where the change waits no longer, or the address has become somebody's.
    """
    asked = link.subject
    user = User.objects.select_for_update(no_key=True).get(pk=asked.user_id)
    asked.user = user  # as it stands under the lock: a password set a moment ago stops the change
    moment = clock.now()
    if not asked.stands or not AddressChange.objects.waiting(user).filter(pk=asked.pk).update(done_at=moment):
        raise WrongStatus(_("This link no longer serves."))
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=asked.email)
    except IntegrityError as error:
        raise WrongStatus(_("This link no longer serves.")) from error
    EmailAddress.objects.filter(user=user).delete()  # the library's own list, which resets look into as well
    link.use(by=asked.by)
    events.record("address_changed", user, by=asked.by)
    letters.write(letters.MOVED, user.email, language=user.language)
    return user
