"""Letters to people about their own account: which there are, and what each says. How they leave is for exchange."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import filter_users_by_email, user_pk_to_url_str
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Letter, User
from accounts.models.letter import LONGEST
from common import clock
from common.mail import Words


@dataclass(frozen=True)
class LetterKind:
    """`compose` gets the letter and the account of its address, if the letter is about one, and gives what it says.

    Whoever asks again before `once_in` is over is served by the letter that left; nobody's box is filled by a
    stranger. After `serves` it no longer leaves. By SMS its subject alone leaves: 160 characters at most, and no
    personal data.
    """

    name: str
    compose: Callable[[Letter, User | None], Words]
    once_in: datetime.timedelta = datetime.timedelta()
    serves: datetime.timedelta = datetime.timedelta(days=4)  # longer than a mail is tried
    to_an_account: bool = True
    by_sms: bool = False
    is_owners: bool = True  # written by its owner's act; whoever guesses does not choose their language


KINDS: dict[str, LetterKind] = {}


def declare(kind: LetterKind) -> LetterKind:
    KINDS[kind.name] = kind
    return kind


@transaction.atomic
def write(kind: LetterKind, address: str, *, occasion: str = "", language: str = "", **facts) -> None:
    """The same work for every address, known or not. A second one for the same occasion is not written.

    `language` is its reader's, where that is known.
    """
    address = address.lower()[:LONGEST]  # some letters grow; nobody’s address is as long
    letter = Letter(
        kind=kind.name,
        address=address,
        occasion=occasion,
        facts=facts,
        language=language or (translation.get_language() if kind.is_owners else settings.LANGUAGE_CODE),
        kept_until=clock.now() + kind.once_in,
    )
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        letter = Letter.objects.get(kind=kind.name, address=address, occasion=occasion)
    import_string(settings.LETTERS_LEAVE_BY)(letter)


def owner_of(letter: Letter) -> User | None:
    """Who signs in with that address, if anybody does."""
    found = filter_users_by_email(letter.address, is_active=True, prefer_verified=True)
    return found[0] if found else None


# --- What they say ------------------------------------------------------------


def new_password(letter: Letter, user: User) -> Words:
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return Words(
        subject=_("Choose a new password"),
        paragraphs=[_("Somebody, you probably, asked for a new password for this address.")],
        button=_("Choose a new password"),
        url=get_adapter().get_reset_password_from_key_url(key),
        small=[
            _("This link serves once, for one day. It is for you alone: do not pass it on."),
            _("If it was not you, do nothing: your password stays as it is."),
        ],
    )


def reset_page() -> str:
    return settings.SITE_URL + reverse("account_reset_password")


def guessed(letter: Letter, user: User) -> Words:
    return Words(
        subject=_("Someone is trying passwords on your account"),
        paragraphs=[
            _(
                "Someone tried to sign in to your account with several wrong passwords, on a device where you have "
                "never signed in. Nobody got in."
            ),
            _(
                "You need not do anything. On the devices that you use, you sign in as usual. On a new one, if you "
                "are refused, set a new password."
            ),
        ],
        button=_("Set a new password"),
        url=reset_page(),
        small=[_("If it was you, ignore this message. It is sent once a day at most.")],
    )


def codes_guessed(letter: Letter, user: User) -> Words:
    return Words(
        subject=_("Someone knows your password"),
        paragraphs=[
            _(
                "Someone typed your password, then several wrong codes, on a device where you have never signed in. "
                "Nobody got in: the code of your phone kept them out."
            ),
            _(
                "If it was not you, set a new password now, and tell the person who runs Passerelle in your "
                "organisation."
            ),
        ],
        button=_("Set a new password"),
        url=reset_page(),
    )


def moving(letter: Letter, user: User) -> Words:
    return Words(
        subject=_("Another address is asked for"),
        paragraphs=[
            _(
                "Someone who is signed in to your account, with your password, asks to sign in with another address "
                "from now on. That address gets a link, and nothing changes until it is confirmed there."
            ),
            _("If it was you, ignore this message. If not, set a new password here: that stops it."),
        ],
        button=_("Set a new password"),
        url=reset_page(),
    )


def moved(letter: Letter, user: User | None) -> Words:
    return Words(
        subject=_("Your account has another address"),
        paragraphs=[
            _(
                "Your account is signed in to with another address now; this one serves no more. If it was not you, "
                "call at once whoever runs Passerelle in your organisation."
            )
        ],
    )


def changes() -> dict[str, str]:
    """By the name that the library gives it."""
    return {
        "account/email/password_changed": _("Your password was changed"),
        "account/email/password_set": _("Your password was changed"),
        "account/email/password_reset": _("Your password was changed"),
        "account/email/email_changed": _("Your e-mail address was changed"),
        "account/email/email_confirm": _("Your e-mail address was confirmed"),
        "account/email/email_deleted": _("An e-mail address was removed from your account"),
        "mfa/email/totp_activated": _("The code of your phone is asked from now on"),
        "mfa/email/totp_deactivated": _("The code of your phone is asked no more"),
        "mfa/email/recovery_codes_generated": _("You have new recovery codes"),
    }


def changed(letter: Letter, user: User | None) -> Words:
    """Says where it came from, so that its owner sees whether it was them."""
    local = letter.written_at.astimezone(clock.PARIS)
    return Words(
        subject=changes()[letter.facts["change"]],
        paragraphs=[
            _("This was on %(day)s at %(time)s, from the network address %(ip)s.")
            % {"day": f"{local:%d/%m/%Y}", "time": f"{local:%H:%M}", "ip": letter.facts["ip"]},
            _(
                "If it was not you, set a new password now, and tell the person who runs Passerelle in your "
                "organisation."
            ),
        ],
        button=_("Set a new password"),
        url=reset_page(),
        small=[_("If it was you, there is nothing to do.")],
    )


MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
RESET = declare(LetterKind("reset", new_password, once_in=5 * MINUTE, serves=DAY))
GUESSING = declare(LetterKind("guessing", guessed, once_in=DAY, is_owners=False))
CODES = declare(LetterKind("codes", codes_guessed, once_in=DAY, is_owners=False))
MOVING = declare(LetterKind("moving", moving, once_in=5 * MINUTE))
# To an address that may be its owner's no more.
CHANGED = declare(LetterKind("changed", changed, to_an_account=False))
MOVED = declare(LetterKind("moved", moved, once_in=5 * MINUTE, to_an_account=False))
