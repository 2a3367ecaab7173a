"""Fields that several forms of the file share."""

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership


class DateInput(forms.DateInput):
    """The browser's own calendar, which wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class PhoneField(forms.CharField):
    """A number as France writes it, or any other with its country's prefix."""

    widget = forms.TelInput(attrs={"autocomplete": "off"})

    def clean(self, value) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, "FR")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError(_("This is not a telephone number. Example: 06 12 34 56 78."))
        french = number.country_code == 33
        style = (
            phonenumbers.PhoneNumberFormat.NATIONAL
            if french
            else phonenumbers.PhoneNumberFormat.INTERNATIONAL
        )
        return phonenumbers.format_number(number, style)


class ColleagueField(forms.ModelChoiceField):
    """Someone of the own structure who may be a referent today; `for_member` fills in who."""

    def __init__(self, **options):
        options.setdefault("label", gettext_lazy("Referent"))
        options.setdefault("empty_label", gettext_lazy("Choose a colleague"))
        super().__init__(queryset=Membership.objects.none(), **options)

    def for_member(self, member, *, without=None):
        colleagues = Membership.objects.nameable_by(member)
        self.queryset = colleagues.exclude(pk=without.pk) if without else colleagues
        self.reader = member

    def label_from_instance(self, member) -> str:
        return _("%(name)s (me)") % {"name": member} if member == self.reader else str(member)
