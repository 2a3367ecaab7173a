"""The secret of a link, filled in by the page's script or by hand."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.guessing import AttemptOnLink, TooManyGuesses
from exchange.links.models import PersonalLink

FIGURES = 6


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=gettext_lazy("Six figures, as the mail gives them."),
    )

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        if not (len(code) == FIGURES and code.isascii() and code.isdigit()):
            raise ValidationError(_("A code has six figures."))
        return code


class LinkForm(forms.Form):
    """Takes the whole address of the mail, or what stands after its #; `link` is what it opens."""

    secret = forms.CharField(
        label=gettext_lazy("Address of the link"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Copy the whole of it from the mail, to its last character."),
    )

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_secret(self) -> str:
        secret = "".join(self.cleaned_data["secret"].rpartition("#")[2].split())  # a mail may have wrapped it
        try:
            attempt = AttemptOnLink(self.request)
        except TooManyGuesses as refusal:
            raise ValidationError(str(refusal)) from refusal
        self.link = PersonalLink.objects.known_by(secret)
        if self.link is None:
            raise ValidationError(
                _("This link opens nothing: it was cut off, or a newer mail has replaced this one.")
            )
        attempt.was_right()
        return secret
