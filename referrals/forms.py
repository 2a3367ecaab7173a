"""What is asked when a referral is made, answered and ended."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from common.forms import OneRecord
from referrals.actions import DAYS_TO_ANSWER, fields_that_may_leave
from referrals.models import DeclineReason, Informed, Outcome, Referral, Urgency
from youths.models import SHAREABLE
from youths.models.choices import ContactKind

TICKED_AT_FIRST = ["phone"]
NOTE = forms.Textarea(attrs={"rows": 3})


class MessageForm(OneRecord):
    """What every referral says, by whatever way it goes."""

    motive = forms.CharField(
        label=_("Why this partner"),
        help_text=_("What the young person is looking for, in a few sentences. The partner reads them."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    informed = forms.ChoiceField(
        label=_("How the young person was informed"),
        choices=Informed,
        widget=forms.RadioSelect,
        help_text=_("Nothing is sent without the young person’s agreement."),
    )


class ReferForm(MessageForm):
    """A referral under an agreement: only what the file and the agreement allow can be ticked."""

    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency, widget=forms.RadioSelect, initial=Urgency.NORMAL
    )
    shared = forms.MultipleChoiceField(
        label=_("What is shared, besides the name"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The least that the partner needs. The access closes when the referral ends."),
    )
    shows_accompaniments = forms.BooleanField(
        label=_("Share the contacts that are marked as shared, too"), required=False
    )

    field_order = ("motive", "urgency", "informed", "shared", "shows_accompaniments")

    def __init__(self, *args, referral: Referral, **kwargs):
        super().__init__(*args, **kwargs)
        everything = Referral(youth=referral.youth, agreement=referral.agreement, fields=list(SHAREABLE))
        allowed = fields_that_may_leave(everything)
        self.fields["shared"].choices = [(name, SHAREABLE[name]) for name in allowed]
        self.fields["shared"].initial = [name for name in TICKED_AT_FIRST if name in allowed]

    @property
    def days_to_answer(self) -> dict[str, int]:
        return {str(urgency): days for urgency, days in DAYS_TO_ANSWER.items()}


class LetterForm(MessageForm):
    """An orientation by letter: the partner gets no access, the sender writes down what it answers."""

    recipient = forms.ModelChoiceField(
        label=_("Partner"), queryset=Organisation.objects.none(), empty_label=_("Choose a partner")
    )

    field_order = ("recipient", "motive", "informed")

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        others = Organisation.objects.visible_to(member).filter(is_active=True)
        self.fields["recipient"].queryset = others.exclude(pk=member.organisation_id).order_by("name", "pk")


class AcceptForm(forms.Form):
    note = forms.CharField(
        label=_("Note for the Mission Locale"),
        help_text=_("For instance the date of a first appointment."),
        widget=NOTE,
        required=False,
    )


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=DeclineReason, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note for the Mission Locale"), widget=NOTE, required=False)


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Note for the Mission Locale"), widget=NOTE, required=False)


FORM_OF_STEP = {
    "accept": AcceptForm,
    "decline": DeclineForm,
    "complete": OutcomeForm,
    "stop": OutcomeForm,
}


def step_form(name, data=None) -> forms.Form:
    """Several of them stand on one page, hence the ids of their own."""
    return FORM_OF_STEP.get(name, forms.Form)(data, auto_id=f"{name}_%s")


class ContactForm(OneRecord):
    """The partner's quick note of a contact with the young person."""

    kind = forms.ChoiceField(
        label=_("Kind of contact"),
        choices=ContactKind,
        widget=forms.RadioSelect,
        initial=ContactKind.CALL,
    )
    made = forms.ChoiceField(
        label=_("Did it take place?"),
        choices=[("1", _("Yes")), ("", _("No answer, or did not come"))],
        required=False,
        initial="1",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Note"),
        help_text=_("The Mission Locale reads it in the young person’s file."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def clean_made(self) -> bool:
        return bool(self.cleaned_data["made"])
