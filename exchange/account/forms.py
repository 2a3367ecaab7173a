"""What somebody says of themself."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import letters
from accounts.forms import counted
from accounts.invented import check_is_invented
from accounts.models import Membership, User


class AccountForm(forms.ModelForm):
    title = forms.CharField(
        label=gettext_lazy("Job title"),
        max_length=Membership._meta.get_field("title").max_length,
        required=False,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of pages and mails"), choices=settings.LANGUAGES
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "language"]

    field_order = ["first_name", "last_name", "title", "language"]

    def __init__(self, *args, member: Membership, **kwargs):
        super().__init__(*args, initial={"title": member.title}, **kwargs)


class AddressForm(forms.Form):
    """Whoever sits down at a browser left signed in does not take the account away."""

    email = forms.EmailField(label=gettext_lazy("New address"))
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        check_is_invented(email)
        if email == self.user.email:
            raise ValidationError(_("You sign in with this address already."))
        return email

    def clean_password(self) -> str:
        with counted(self.user, letters.GUESSING):
            if not self.user.check_password(self.cleaned_data["password"]):
                raise ValidationError(_("This is not your password."))
        return self.cleaned_data["password"]
