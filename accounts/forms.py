"""Where our forms of signing in differ from the library's."""

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError

from accounts.guessing import Attempt, TooManyGuesses
from accounts.models.mail import Purpose
from accounts.tasks import ask_for_mail


class ResetForm(ResetPasswordForm):
    """Takes any address and the same time for each: a worker looks up whose it is."""

    def clean_email(self) -> str:
        return get_account_adapter().clean_email(self.cleaned_data["email"].lower())

    def save(self, request, **kwargs) -> str:
        ask_for_mail(Purpose.RESET, self.cleaned_data["email"])
        return self.cleaned_data["email"]


class ActivateForm(ActivateTOTPForm):
    """The code that sets a second factor up is used by that: who read it over a shoulder cannot sign in with it."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if not TOTP(Authenticator(user=self.user))._mark_code_used(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CountedCode:
    """Wrong codes are counted as wrong passwords are: by device or network, and told to the owner."""

    def clean_code(self) -> str:
        try:
            attempt = Attempt(context.request, self.user.email, Purpose.CODES)
        except TooManyGuesses as refusal:
            raise ValidationError(str(refusal)) from refusal
        code = super().clean_code()
        attempt.was_right()
        return code


class CodeForm(CountedCode, AuthenticateForm):
    pass


class CodeAgainForm(CountedCode, ReauthenticateForm):
    pass
