from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Site
from common import clock
from common.forms import AllConstraints, OneRecord
from youths.forms.fields import ColleagueField, DateInput, PhoneField
from youths.models import Youth
from youths.models.youth import OLDEST, OLDEST_WITH_DISABILITY

NOT_THE_BROWSERS = {"autocomplete": "off"}  # a shared computer must not offer another person's name


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
        field = self.fields["birth_date"]
        try:
            born = field.clean(self.data.get(self.add_prefix("birth_date")))
        except forms.ValidationError:
            return False
        return OLDEST < Youth(birth_date=born).age_on(clock.today()) <= OLDEST_WITH_DISABILITY

    def clean(self):
        cleaned = super().clean()
        self.instance.pk = self.cleaned_data.get("record_id")
        return cleaned

    def possible_duplicates(self):
        """Files of the own structure that may be this person's; the first click's own file is none."""
        values = {
            name: self.data.get(self.add_prefix(name), "").strip() for name in ("first_name", "last_name")
        }
        if not all(values.values()):
            return Youth.objects.none()
        try:
            born = self.fields["birth_date"].clean(self.data.get(self.add_prefix("birth_date")))
        except forms.ValidationError:
            born = None
        found = Youth.objects.visible_to(self.member).resembling(**values, birth_date=born)
        return found.exclude(pk=self.instance.pk).with_referent().order_by("search", "pk")[:5]


class YouthForm(AllConstraints, forms.ModelForm):
    """The whole file. Knows what was on the screen, so that two editors never overwrite each other."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    phone = PhoneField(label=_("Mobile"), required=False)

    class Meta:
        model = Youth
        fields = [name for names in GROUPS.values() for name in names]
        widgets = {"birth_date": DateInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["site"].queryset = Site.objects.filter(organisation=self.instance.organisation_id)
        self.fields["site"].empty_label = self.fields["priority_district"].empty_label = "–"
        for name in self.Meta.fields:
            self.fields[name].show_hidden_initial = True
            self.fields[name].widget.attrs.setdefault("autocomplete", "off")

    def groups(self):
        """Titles with their fields, in the order of the page."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS.items()]

    def changed_values(self) -> dict:
        """What this person changed on their screen, less what they leave to the other editor's words."""
        kept = [name for name in self.changed_data if name in self.Meta.fields]
        return {name: self.cleaned_data[name] for name in kept if self.data.get(f"keep-{name}") != "theirs"}
