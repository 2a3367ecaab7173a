"""From when to when a colleague is in post."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from youths.forms.fields import DateInput


class DatesForm(forms.Form):
    """`expected` is the version that was on the screen: what somebody else changed meanwhile is told, not undone."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    starts_on = forms.DateField(label=_("From"), widget=DateInput())
    ends_on = forms.DateField(
        label=_("Until"),
        widget=DateInput(),
        required=False,
        help_text=_("The last day, until the evening. Empty for somebody who stays."),
    )

    def __init__(self, *args, member: Membership, **kwargs):
        shown = {"expected": member.version, "starts_on": member.starts_on, "ends_on": member.ends_on}
        super().__init__(*args, initial=shown, **kwargs)

    def clean(self):
        typed = super().clean()
        if typed.get("ends_on") and typed.get("starts_on") and typed["ends_on"] < typed["starts_on"]:
            raise ValidationError({"ends_on": gettext("The end comes before the beginning.")})
        return typed
