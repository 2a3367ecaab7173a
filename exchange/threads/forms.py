from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import OneRecord
from exchange.threads.models import LONGEST, Message


class MessageForm(OneRecord):
    text = forms.CharField(
        label=_("Your message"),
        help_text=_("4,000 characters at most. Those who work on this on both sides read it."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
    )

    def as_message(self) -> Message:
        return Message(pk=self.cleaned_data["record_id"], text=self.cleaned_data["text"])
