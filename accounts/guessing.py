"""Whoever guesses is slowed down; whoever owns the account gets in all the same (docs/decisions/guessing.md).

Wrong answers count for the account together with where they come from: the device, where its owner has signed in
with it before, else the network. So strangers use up their own tries alone.
"""

import hashlib
import secrets
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import letters
from accounts.letters import LetterKind
from accounts.models import Guesses, KnownDevice, User
from accounts.models.guess import KEPT, REMEMBERED
from common import clock
from common.errors import DomainError

LONGEST = 60  # seconds: the wait doubles with each wrong answer up to this


@dataclass(frozen=True)
class Limit:
    """So many wrong answers an hour are free; then each waits, or none is taken in the rest of the hour."""

    free: int
    closes: bool = False

    def wait(self, guesses: Guesses) -> float:
        """Seconds until the next answer is looked at."""
        now = clock.now()
        if guesses.wrong < self.free or now - guesses.since >= KEPT:
            return 0
        if self.closes:
            return (guesses.since + KEPT - now).total_seconds()
        pause = min(2 ** (guesses.wrong - self.free), LONGEST)
        return (guesses.last_at - now).total_seconds() + pause


PLACE = Limit(free=5)  # one account from one device or network
NETWORK = Limit(free=30)  # all accounts from one network: a Mission Locale's staff shares one
ACCOUNT = Limit(free=100, closes=True)  # one account from everywhere but its own devices (ASVS 2.2.1)
# After so many on one account its owner is told.
TOLD_AFTER = {letters.GUESSING.name: 10, letters.CODES.name: 3}


class TooManyGuesses(DomainError):
    code = "too_many_guesses"


class Attempt:
    """One answer that is about to be looked at. Counted as wrong before, so that a hundred at once are a hundred."""

    def __init__(self, request: HttpRequest, account: str, told_by: LetterKind = letters.GUESSING):
        """Raises `TooManyGuesses` where the caller has to wait."""
        self.account, self.told_by = account.strip().lower(), told_by
        self.limits = self.limits_for(request)
        with transaction.atomic():
            counted = self.locked()
            for guesses in counted:
                limit = self.limits[guesses.key]
                if (wait := limit.wait(guesses)) > 0:
                    raise TooManyGuesses(sentence(wait, limit))
            for guesses in counted:
                self.count(guesses)

    def limits_for(self, request) -> dict[str, Limit]:
        if device := device_of(request, self.account):
            return {self.key("device", device): PLACE}
        network = network_of(request)
        return {
            self.key("network", network): PLACE,
            digest("everybody", network): NETWORK,
            self.account_key: ACCOUNT,
        }

    def key(self, *place: str) -> str:
        return digest(self.told_by.name, self.account, *place)

    @property
    def account_key(self) -> str:
        return self.key("everywhere")

    def locked(self) -> list[Guesses]:
        """The rows of all its places, ours until the transaction ends; always in one order."""
        keys = sorted(self.limits)
        Guesses.objects.bulk_create([Guesses(key=key) for key in keys], ignore_conflicts=True)
        return list(Guesses.objects.select_for_update().filter(key__in=keys).order_by("key"))

    def count(self, guesses: Guesses) -> None:
        now = clock.now()
        if now - guesses.since >= KEPT:
            guesses.wrong, guesses.since = 0, now
        guesses.wrong, guesses.last_at = guesses.wrong + 1, now
        guesses.save()
        if guesses.key == self.account_key and guesses.wrong == TOLD_AFTER[self.told_by.name] + 1:
            letters.write(self.told_by, self.account)

    def was_right(self) -> None:
        """It was no guess after all: only this one is taken back, or one account would pay for tries on others."""
        with transaction.atomic():
            for guesses in self.locked():
                guesses.wrong = 0 if guesses.key == self.account_key else max(0, guesses.wrong - 1)
                guesses.save()


class AttemptOnLink(Attempt):
    """The secret of a link belongs to no account, and is too long to be found: its network alone is counted."""

    def __init__(self, request: HttpRequest):
        super().__init__(request, account="")

    def limits_for(self, request) -> dict[str, Limit]:
        return {digest("links", network_of(request)): NETWORK}


def sentence(wait: float, limit: Limit) -> str:
    if limit.closes:
        return _(
            "Too many people tried to sign in to this account. Where you have signed in before, you still can; "
            "here, set a new password with “Forgot your password?”: the mail lets you in."
        )
    seconds = int(wait) + 1
    return ngettext(
        "Too many wrong answers from here. Wait %(seconds)s second, then try again.",
        "Too many wrong answers from here. Wait %(seconds)s seconds, then try again.",
        seconds,
    ) % {"seconds": seconds}


def digest(*parts: str) -> str:
    """Names nobody to who reads the table, and cannot be computed without our secret."""
    return salted_hmac("accounts.guessing", "\n".join(parts), algorithm="sha256").hexdigest()


def network_of(request: HttpRequest) -> str:
    """One home or office: its address, or the 64 bits that a provider gives away together."""
    address = ip_address(get_adapter().get_client_ip(request))
    # Where the socket speaks IPv6, the whole of IPv4 has its first 64 bits in common.
    address = getattr(address, "ipv4_mapped", None) or address
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))


# --- Devices that are known ---------------------------------------------------


def device_of(request: HttpRequest, account: str) -> str:
    """The digest of this device where that account was signed in to with it, else nothing."""
    secret = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    found = KnownDevice.objects.filter(
        digest=hashed(secret), user__email__iexact=account, last_used_at__gt=clock.now() - REMEMBERED
    )
    return found.values_list("digest", flat=True).first() or ""


def is_elsewhere(request: HttpRequest, user: User) -> bool:
    """Whether the owner may not know of this sign-in. Whoever joined today has never been anywhere else."""
    return clock.now() - user.date_joined > clock.ONE_DAY and not device_of(request, user.email)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Its owner got in with this device, by the password and the code or by a link from the mailbox."""
    secret = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if not KnownDevice.objects.filter(digest=hashed(secret)).exists():  # not one of ours
        secret = secrets.token_urlsafe(32)
    KnownDevice.objects.update_or_create(
        user=user, digest=hashed(secret), defaults={"last_used_at": clock.now()}
    )
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        secret,
        max_age=REMEMBERED,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
