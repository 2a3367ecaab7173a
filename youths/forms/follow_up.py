from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common import clock
from youths.forms.fields import ColleagueField, DateInput


class OpenForm(forms.Form):
    referent = ColleagueField(help_text=_("Answers for the whole path of this young person."))

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["referent"].for_member(member)
        self.fields["referent"].initial = member.pk


class HandOverForm(forms.Form):
    """`expected` is the version that was on the screen: a hand-over in between is told, not undone."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    to = ColleagueField(label=_("New referent"))
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the history of the referents, which the whole structure reads."),
    )

    def __init__(self, *args, member, follow_up, **kwargs):
        super().__init__(*args, **kwargs)
        # Not offered, but heard: who has just become the referent is told so by name.
        self.fields["to"].for_member(member, without=None if self.is_bound else follow_up.referent)
        self.fields["expected"].initial = follow_up.version


class HandOverAllForm(forms.Form):
    """All the young people of who leaves, to one colleague."""

    to = ColleagueField(label=_("New referent"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, member, leaver, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].for_member(member, without=leaver)


class EndForm(forms.Form):
    on = forms.DateField(
        label=_("Last day"),
        widget=DateInput(),
        initial=clock.today,
        help_text=_("They can sign in until the evening. To end it at once, give yesterday."),
    )

    def __init__(self, *args, leaver, **kwargs):
        super().__init__(*args, **kwargs)
        self.leaver = leaver

    def clean_on(self):
        if self.cleaned_data["on"] < self.leaver.starts_on:
            raise ValidationError(gettext("The end comes before the beginning."))
        return self.cleaned_data["on"]


class CloseForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
