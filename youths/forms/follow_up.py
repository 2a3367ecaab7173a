from django import forms
from django.utils.translation import gettext_lazy as _

from youths.forms.fields import ColleagueField


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


class CloseForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
