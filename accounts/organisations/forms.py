"""What is asked of who enters or changes an organisation."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Level, Organisation, Role, Site
from accounts.organisations.actions import CONTACT_DETAILS
from accounts.organisations.siret import is_siret
from common.forms import OneRecord

COMMUNE = RegexValidator(
    r"^(\d{5}|2[ABab]\d{3})$", _("An INSEE code has five characters, as 13055 or 2A004.")
)
SAID = ["name", "siret", "level", "parent", *CONTACT_DETAILS, "region", "is_sensitive"]
NETWORKS = [Level.NATIONAL, Level.REGIONAL]


class Described(forms.ModelForm):
    """What every form about an organisation checks."""

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["commune_insee"].validators.append(COMMUNE)
        if "parent" in self.fields:
            networks = Organisation.objects.visible_to(member).filter(level__in=NETWORKS, is_active=True)
            self.fields["parent"].queryset = networks.exclude(pk=self.instance.pk).order_by("name", "pk")
            self.fields["parent"].empty_label = pgettext_lazy("network", "None")

    def clean_commune_insee(self) -> str:
        return self.cleaned_data["commune_insee"].upper()

    def clean_siret(self) -> str:
        number = self.cleaned_data["siret"]
        if not number:
            return ""
        if not is_siret(number):
            sentence = gettext(
                "A SIRET has fourteen figures that check each other: one of these is mistyped."
            )
            raise ValidationError(sentence)
        others = Organisation.objects.visible_to(self.member).filter(siret=number)
        if other := others.exclude(pk=self.instance.pk).first():
            sentence = gettext("This is the SIRET of “%(name)s”, which is known already.")
            raise ValidationError(sentence % {"name": other})
        return number


class SiretField(forms.CharField):
    """Takes the blanks with which it is written."""

    def to_python(self, value):
        return "".join(super().to_python(value).split())


class WithSiret(Described):
    siret = SiretField(
        label="SIRET",
        required=False,
        max_length=30,
        help_text=_("Fourteen figures: it finds out whether the organisation is known already."),
    )


class NewOrganisationForm(OneRecord, WithSiret):
    class Meta:
        model = Organisation
        fields = ["kind", *SAID, "short_name"]

    field_order = ["record_id", "kind", "name", "siret", "level", "parent"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["short_name"].required = False
        self.fields["short_name"].help_text = _("For commands; made of the name where you leave it empty.")

    def clean_record_id(self):
        self.instance.pk = super().clean_record_id()
        return self.instance.pk

    def _get_validation_exclusions(self):
        """The verb finds out what is unique: here the first click's own row would refuse the second."""
        return super()._get_validation_exclusions() | {"siret", "short_name"}


class Expected(forms.Form):
    """`expected` is the version that was on the screen: what somebody else changed meanwhile is told, not undone."""

    expected = forms.IntegerField(widget=forms.HiddenInput)


class OrganisationForm(Expected, WithSiret):
    """All that the administrator changes: an organisation keeps its kind."""

    class Meta:
        model = Organisation
        fields = SAID

    field_order = SAID

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expected"].initial = self.instance.version


class OwnOrganisationForm(Expected, Described):
    """What who runs it says of it."""

    class Meta:
        model = Organisation
        fields = CONTACT_DETAILS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expected"].initial = self.instance.version


class SiteForm(forms.ModelForm):
    class Meta:
        model = Site
        fields = ["name", "commune"]


def form_for(member) -> type[Described]:
    return OrganisationForm if member.role == Role.ADMINISTRATOR else OwnOrganisationForm
