"""The pages where a password is chosen say once what a good one is."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from accounts.passwords import NotGuessable

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(request, as_member, counsellor, client):
    """`account_change_password`, `account_set_password`, or the page that the link of a reset leads to."""
    if request.param == "account_change_password":
        counsellor.user.set_password("un long mot de passe d’essai")
        counsellor.user.save()
        return as_member(counsellor).get(reverse(request.param))
    if request.param == "account_set_password":
        counsellor.user.set_unusable_password()
        counsellor.user.save()
        return as_member(counsellor).get(reverse(request.param))
    return client.get(link_for(counsellor.user), follow=True)


def link_for(user) -> str:
    return reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )


@pytest.mark.parametrize(
    "page",
    ["account_change_password", "account_set_password", "account_reset_password_from_key"],
    indirect=True,
)
def test_what_a_good_password_is_stands_once(page):
    text = page.content.decode()
    assert page.status_code == 200
    assert 'name="password1"' in text
    assert text.count(NotGuessable().get_help_text()) == 1
    assert text.count("15 caractères") == 1
