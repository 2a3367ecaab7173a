from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Site
from common import clock
from common.forms import AllConstraints, OneRecord
from youths.forms.fields import ColleagueField, DateInput, PhoneField
from youths.models import Youth
from youths.models.youth import OLDEST, OLDEST_WITH_DISABILITY, TEAM_ONLY

NOT_THE_BROWSERS = {"autocomplete": "off"}  # a shared computer must not offer another person's name
NOT_FILLED_IN = _("Not filled in")

# The sections of the file, as they are read and as they are edited.
GROUPS = {
    _("Person"): [
        "last_name",
        "first_name",
        "usual_name",
        "birth_date",
        "gender",
        "languages",
        "interpreter",
    ],
    _("How to reach them"): [
        "phone",
        "email",
        "preferred_channel",
        "commune",
        "commune_insee",
        "legal_representative",
        "site",
        "protected_address",
    ],
    _("Situation"): [
        "schooling",
        "situation",
        "housing",
        "mobility",
        "priority_district",
        "first_met",
        "recognised_disability",
    ],
}


def say_in_words(field):
    """The choice of nothing, which Django draws as dashes."""
    if isinstance(field, forms.TypedChoiceField):
        field.choices = [(value, label if value != "" else NOT_FILLED_IN) for value, label in field.choices]


class ReceiveForm(AllConstraints, OneRecord, forms.ModelForm):
    """Six fields open a file; the rest is asked when it serves."""

    phone = PhoneField(label=_("Mobile"), required=False)
    referent = ColleagueField(required=False, empty_label=_("Later: the person waits in the queue"))

    class Meta:
        model = Youth
        fields = ["last_name", "first_name", "birth_date", "phone", "commune", "recognised_disability"]
        widgets = {
            "last_name": forms.TextInput(attrs=NOT_THE_BROWSERS),
            "first_name": forms.TextInput(attrs=NOT_THE_BROWSERS),
            "birth_date": DateInput(),
            "commune": forms.TextInput(attrs=NOT_THE_BROWSERS),
        }

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["referent"].for_member(member)
        self.fields["referent"].initial = member.pk
        if not self.asks_about_disability():
            self.fields["recognised_disability"].widget = forms.HiddenInput()

    def asks_about_disability(self) -> bool:
        """Only where the answer decides: from 26 to 29."""
        born = self.as_cleaned("birth_date")
        return (
            born is not None
            and OLDEST < Youth(birth_date=born).age_on(clock.today()) <= OLDEST_WITH_DISABILITY
        )

    def clean(self):
        cleaned = super().clean()
        self.instance.pk = self.cleaned_data.get("record_id")
        return cleaned

    def as_cleaned(self, name):
        """One value, whatever the others are worth; None where it is missing or wrong."""
        try:
            return self.fields[name].clean(self.data.get(self.add_prefix(name)))
        except forms.ValidationError:
            return None

    def possible_duplicates(self):
        """Files of the own structure that may be this person's; the first click's own file is none."""
        names = {name: self.as_cleaned(name) for name in ("first_name", "last_name")}
        if not all(names.values()):
            return Youth.objects.none()
        born = self.as_cleaned("birth_date")
        found = Youth.objects.visible_to(self.member).resembling(**names, birth_date=born)
        return found.exclude(pk=self.instance.pk).with_referent().order_by("search", "pk")[:5]


class YouthForm(AllConstraints, forms.ModelForm):
    """The file, as far as it is the reader's to know: a fact for the team only is no field for others.

    Knows what was on the screen, so that two editors never overwrite each other.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    phone = PhoneField(label=_("Mobile"), required=False)

    class Meta:
        model = Youth
        fields = [name for names in GROUPS.values() for name in names]
        widgets = {"birth_date": DateInput()}

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        if not self.instance.tells_all_to(member):
            for name in TEAM_ONLY:
                del self.fields[name]
        self.fields["version"].initial = self.instance.version
        self.fields["site"].queryset = Site.objects.filter(organisation=self.instance.organisation_id)
        self.fields["site"].empty_label = NOT_FILLED_IN
        for name in self.names():
            say_in_words(self.fields[name])
            self.fields[name].show_hidden_initial = True

    def names(self) -> list[str]:
        """The fields of the file that this reader sees."""
        return [name for name in self.Meta.fields if name in self.fields]

    def groups(self):
        """Titles with their fields, in the order of the page."""
        known = self.names()
        return [(title, [self[name] for name in names if name in known]) for title, names in GROUPS.items()]

    def changed_values(self) -> dict:
        """What this person changed on their screen, less what they leave to the other editor's words."""
        kept = [name for name in self.changed_data if name in self.names()]
        return {name: self.cleaned_data[name] for name in kept if self.data.get(f"keep-{name}") != "theirs"}
