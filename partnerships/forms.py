"""What is asked when an agreement is signed, ended or proposed in a hurry."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from common import clock
from common.forms import OneRecord
from partnerships.models import Signatory
from partnerships.models.choices import LONGEST_INTERIM


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SignForm(forms.Form):
    """One signature of the reader's own side, given here or on paper."""

    signatory = forms.ModelChoiceField(
        label=_("Signatory"), queryset=Signatory.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    signed_on = forms.DateField(label=_("Date of the signature"), widget=day_input())
    how = forms.ChoiceField(
        label=_("How"), choices=Signatory.How, widget=forms.RadioSelect, initial=Signatory.How.INSIDE
    )

    def __init__(self, *args, agreement, member, **kwargs):
        super().__init__(*args, **kwargs)
        own = agreement.signatories.filter(party__organisation=member.organisation_id, signed_on=None)
        field = self.fields["signatory"]
        field.queryset = own
        field.label_from_instance = lambda signatory: signatory_in_words(signatory, member)
        self.fields["signed_on"].initial = clock.today
        field.initial = own.first()

    def clean_signed_on(self):
        if self.cleaned_data["signed_on"] > clock.today():
            raise forms.ValidationError(_("A signature is recorded once it is given."))
        return self.cleaned_data["signed_on"]


def signatory_in_words(signatory, member) -> str:
    """Of an interim accord the name is known when it is signed: it is the reader's."""
    return _("%(name)s, %(capacity)s") % {
        "name": signatory.name or member,
        "capacity": signatory.capacity,
    }


class DenounceForm(forms.Form):
    closed_on = forms.DateField(
        label=_("First day no longer in force"),
        help_text=_("From this day on, nobody is referred under this agreement any more."),
        widget=day_input(),
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    run_off_until = forms.DateField(
        label=_("Running files until"),
        help_text=_(
            "The partners still read the young people under way until this day. Empty: they stop at once."
        ),
        required=False,
        widget=day_input(),
    )

    def __init__(self, *args, agreement=None, member=None, **kwargs):
        super().__init__(*args, **kwargs)

    def clean(self):
        closed_on, until = self.cleaned_data.get("closed_on"), self.cleaned_data.get("run_off_until")
        if closed_on and until and until < closed_on:
            self.add_error("run_off_until", _("The running files end after the agreement, not before."))
        return self.cleaned_data


class PartnerPickForm(forms.Form):
    """With whom: found by part of its name, then chosen."""

    q = forms.CharField(
        label=_("Name of the partner"),
        required=False,
        max_length=200,
        widget=forms.SearchInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    partner = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        others = Organisation.objects.visible_to(member).filter(is_active=True)
        self.fields["partner"].queryset = others.exclude(pk=member.organisation_id)

    @property
    def words(self) -> str:
        return self.cleaned_data.get("q", "")

    def found(self, most: int) -> list[Organisation]:
        """Those whose names hold all the words; without words the first of the directory."""
        named = self.fields["partner"].queryset
        for word in self.words.split():
            named = named.filter(Q(name__icontains=word) | Q(short_name__icontains=word))
        return list(named.order_by("name", "pk")[:most])


class InterimForm(OneRecord):
    """The fields are given by the caller: what may be shared about a young person stands to the right of us."""

    shared_fields = forms.MultipleChoiceField(
        label=_("What may be shared about a young person"),
        help_text=_("Nothing else can be ticked in a referral under this accord."),
        widget=forms.CheckboxSelectMultiple,
    )
    months = forms.IntegerField(
        label=_("Length in months"), min_value=1, max_value=LONGEST_INTERIM, initial=LONGEST_INTERIM
    )

    def __init__(self, *args, shareable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["shared_fields"].choices = shareable


FORM_OF_STEP: dict[str, type[forms.Form]] = {"sign": SignForm, "denounce": DenounceForm}


def step_form(name, agreement, member, data=None) -> forms.Form:
    """Several of them stand on one page, hence the ids of their own."""
    own = {"agreement": agreement, "member": member} if name in FORM_OF_STEP else {}
    return FORM_OF_STEP.get(name, forms.Form)(data, auto_id=f"{name}_%s", **own)
