"""What is asked of who invites, and of who joins."""

from allauth.account.forms import SetPasswordForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.invented import check_is_invented
from accounts.models import Membership, Role, User
from common import clock
from common.forms import OneRecord
from exchange.staff.models import Invitation

NO_SITE = gettext_lazy("None in particular")


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class HeadForm(OneRecord, forms.ModelForm):
    """Of who is the first to run an organisation: the role follows from its kind."""

    class Meta:
        model = Invitation
        fields = ["first_name", "last_name", "email", "title", "starts_on"]
        widgets = {"starts_on": day_input()}

    def __init__(self, *args, organisation, **kwargs):
        super().__init__(*args, instance=Invitation(organisation=organisation), **kwargs)

    def clean_record_id(self):
        self.instance.pk = super().clean_record_id()
        return self.instance.pk

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        check_is_invented(email)
        return email


class InvitationForm(HeadForm):
    class Meta(HeadForm.Meta):
        fields = ["first_name", "last_name", "email", "role", "title", "site", "starts_on", "ends_on"]
        widgets = {"starts_on": day_input(), "ends_on": day_input()}

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, organisation=member.organisation, **kwargs)
        self.fields["role"].choices = [(role, Role(role).label) for role in member.roles_run]
        self.fields["site"].queryset = member.organisation.sites.all()
        self.fields["site"].empty_label = NO_SITE

    def clean_ends_on(self):
        ends_on = self.cleaned_data["ends_on"]
        if ends_on and ends_on < clock.today():
            raise ValidationError(_("This day has passed."))
        return ends_on


class MemberForm(forms.ModelForm):
    """`expected` is the version that was on the screen: what somebody else changed meanwhile is told, not undone."""

    expected = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Membership
        fields = ["role", "title", "site"]

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expected"].initial = self.instance.version
        self.fields["role"].choices = [(role, Role(role).label) for role in roles]
        self.fields["site"].queryset = self.instance.organisation.sites.all()
        self.fields["site"].empty_label = NO_SITE


class JoinForm(SetPasswordForm):
    """Name and password of somebody new here; the address is the one that was invited."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=100)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=100)
    field_order = ["first_name", "last_name", "password1", "password2"]

    def __init__(self, invitation: Invitation, *args, **kwargs):
        names = {"first_name": invitation.first_name, "last_name": invitation.last_name}
        super().__init__(User(email=invitation.email, **names), *args, initial=names, **kwargs)

    def account(self) -> User:
        """Not saved yet."""
        for name in ("first_name", "last_name"):
            setattr(self.user, name, self.cleaned_data[name])
        self.user.set_password(self.cleaned_data["password1"])
        return self.user
