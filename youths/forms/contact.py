import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import clock
from common.forms import OneRecord
from youths.forms.fields import DateInput, MomentInput
from youths.models import Accompaniment, Share
from youths.models.choices import OF_THE_STRUCTURE, Audience, ContactKind, Place

NO_ANSWER = "no_answer"
KINDS = [*ContactKind.choices, (NO_ANSWER, gettext_lazy("Did not answer"))]


class When(TextChoices):
    NONE = "none", gettext_lazy("No reminder")
    WEEK = "week", gettext_lazy("In a week")
    FORTNIGHT = "fortnight", gettext_lazy("In two weeks")
    DATE = "date", gettext_lazy("On a date")


DAYS = {When.WEEK: 7, When.FORTNIGHT: 14}


class ContactForm(OneRecord):
    """The quick-log: twenty seconds, six inputs at most. Only the kind is demanded."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of contact"),
        choices=KINDS,
        initial=ContactKind.CALL,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reminder = forms.ChoiceField(
        label=gettext_lazy("Reminder"), choices=When, initial=When.NONE, widget=forms.RadioSelect
    )
    next_on = forms.DateField(label=gettext_lazy("Date of the reminder"), required=False, widget=DateInput())
    next_step = forms.CharField(label=gettext_lazy("What is to be done"), required=False, max_length=200)
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=[(a.value, a.label) for a in OF_THE_STRUCTURE],
        initial=Audience.STRUCTURE,
    )
    happened_at = forms.DateTimeField(
        label=gettext_lazy("Moment"),
        required=False,
        widget=MomentInput(),
        help_text=gettext_lazy("Now, unless you say otherwise."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"), required=False, min_value=1, max_value=24 * 60
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Place"),
        required=False,
        choices=[("", gettext_lazy("Not filled in")), *Place.choices],
    )
    settle = forms.BooleanField(
        label=gettext_lazy("The reminders that were due are done"), required=False, initial=True
    )

    def __init__(self, *args, has_due=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_due:
            del self.fields["settle"]

    def clean(self):
        cleaned = super().clean()
        if (
            cleaned.get("reminder") == When.DATE
            and not cleaned.get("next_on")
            and "next_on" not in self.errors
        ):
            self.add_error("next_on", ValidationError(_("Say on which date.")))
        return cleaned

    def as_accompaniment(self) -> Accompaniment:
        """Not saved: `log_accompaniment` does that."""
        typed = self.cleaned_data
        made = typed["kind"] != NO_ANSWER
        return Accompaniment(
            pk=typed["record_id"],
            kind=typed["kind"] if made else ContactKind.CALL,
            made=made,
            text=typed["text"],
            audience=typed["audience"],
            happened_at=typed["happened_at"] or clock.now(),
            minutes=typed["minutes"],
            place=typed["place"],
            next_on=self.reminder_on(),
            next_step=typed["next_step"] if self.reminder_on() else "",
        )

    def settles(self) -> bool:
        """A call that nobody answered settles nothing."""
        return self.cleaned_data.get("settle", False) and self.cleaned_data["kind"] != NO_ANSWER

    def reminder_on(self) -> datetime.date | None:
        chosen = self.cleaned_data["reminder"]
        if chosen in DAYS:
            return clock.today() + datetime.timedelta(DAYS[chosen])
        return self.cleaned_data["next_on"] if chosen == When.DATE else None


class PostponeForm(forms.Form):
    """By how many days, from today."""

    days = forms.TypedChoiceField(choices=[(days, days) for days in (1, 7, 14)], coerce=int)

    def day(self) -> datetime.date:
        return clock.today() + datetime.timedelta(self.cleaned_data["days"])


class ReaderForm(forms.Form):
    """Which partner of the young people concerned; whether it still has access is the verb's to say."""

    share = forms.ModelChoiceField(queryset=Share.objects.none(), label=gettext_lazy("Partner"))

    def __init__(self, *args, note: Accompaniment, **kwargs):
        super().__init__(*args, **kwargs)
        shares = Share.objects.filter(youth__in=note.youths.all())
        self.fields["share"].queryset = shares.select_related("organisation", "youth")


class YouthPickForm(forms.Form):
    """Whom the contact was with."""

    q = forms.CharField(
        label=gettext_lazy("Name or mobile"),
        required=False,
        widget=forms.SearchInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
