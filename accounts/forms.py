"""Where our forms of signing in differ from the library's."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import ChangePasswordForm, ResetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError

from accounts import letters
from accounts.guessing import Attempt, TooManyGuesses


class ResetForm(ResetPasswordForm):
    """Takes any address and the same time for each: a worker looks up whose it is."""

    def clean_email(self) -> str:
        return get_account_adapter().clean_email(self.cleaned_data["email"].lower())

    def save(self, request, **kwargs) -> str:
        letters.write(letters.RESET, self.cleaned_data["email"])
        return self.cleaned_data["email"]


class ActivateForm(ActivateTOTPForm):
    """The code that sets a second factor up is used by that: who read it over a shoulder cannot sign in with it."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


@contextmanager
def counted(user, told_by: letters.LetterKind) -> Iterator[None]:
    """What is refused within it was a guess, and more of them have to wait."""
    try:
        attempt = Attempt(context.request, user.email, told_by)
    except TooManyGuesses as refusal:
        raise ValidationError(str(refusal)) from refusal
    yield
    attempt.was_right()


class ChangeForm(ChangePasswordForm):
    """Whoever sits down at a browser left signed in does not find the password out here."""

    def clean_oldpassword(self) -> str:
        with counted(self.user, letters.GUESSING):
            return super().clean_oldpassword()


class CountedCode:
    """Wrong codes are counted as wrong passwords are: by device or network, and told to the owner."""

    def clean_code(self) -> str:
        with counted(self.user, letters.CODES):
            return super().clean_code()


class CodeForm(CountedCode, AuthenticateForm):
    pass


class CodeAgainForm(CountedCode, ReauthenticateForm):
    pass
