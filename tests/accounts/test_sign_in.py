"""Signing in by e-mail; there is no public sign-up."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from accounts.models import AuditEntry, User
from exchange.deliveries.tasks import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _limits_begin_anew():
    cache.clear()


@pytest.mark.parametrize("typed", [str.lower, str.upper, str.title])
def test_capitals_in_the_address_do_not_matter(sign_in, client, counsellor, with_password, typed):
    answer = sign_in(typed(counsellor.user.email), with_password(counsellor))
    assert answer.status_code == 302
    assert client.get(reverse("desk:home")).status_code == 200


def test_an_address_is_taken_whatever_its_capitals(counsellor):
    with pytest.raises(Exception, match=r"(?i)unique"):
        User.objects.create(email=counsellor.user.email.upper(), first_name="Autre", last_name="Personne")


def test_signing_in_is_written_down(sign_in, counsellor, with_password):
    sign_in(counsellor.user.email, "pas le bon mot de passe")
    assert not AuditEntry.objects.exists()
    sign_in(counsellor.user.email, with_password(counsellor))
    entry = AuditEntry.objects.get(action=AuditEntry.Action.SIGNED_IN)
    assert entry.subject_ids == [str(counsellor.user_id)]


def test_a_wrong_password_and_an_unknown_address_look_the_same(sign_in, counsellor, with_password):
    with_password(counsellor)
    wrong = sign_in(counsellor.user.email, "pas le bon mot de passe")
    unknown = sign_in("personne@test.example", "pas le bon mot de passe")
    errors = [answer.context["form"].non_field_errors() for answer in (wrong, unknown)]
    assert errors[0]
    assert list(errors[0]) == list(errors[1])


def test_someone_disabled_does_not_get_in(sign_in, client, counsellor, with_password):
    password = with_password(counsellor)
    User.objects.filter(pk=counsellor.user_id).update(is_active=False)
    sign_in(counsellor.user.email, password)
    assert client.get(reverse("desk:home")).status_code == 302


def test_someone_disabled_meanwhile_is_signed_out(as_member, counsellor):
    browser = as_member(counsellor)
    assert browser.get(reverse("desk:home")).status_code == 200
    User.objects.filter(pk=counsellor.user_id).update(is_active=False)
    assert browser.get(reverse("desk:home")).status_code == 302


def test_guessing_is_slowed_down(sign_in, counsellor, with_password):
    password = with_password(counsellor)
    for _attempt in range(5):
        sign_in(counsellor.user.email, "pas le bon mot de passe")
    assert sign_in(counsellor.user.email, password).status_code != 302


def test_signing_in_leads_to_our_own_pages_only(sign_in, counsellor, with_password):
    answer = sign_in(counsellor.user.email, with_password(counsellor), next="https://elsewhere.example/")
    assert answer.url == reverse("desk:home")


@pytest.mark.parametrize("send", ["get", "post"])
def test_there_is_no_sign_up(client, send):
    typed = {
        "email": "moi@test.example",
        "password1": "un long mot de passe",
        "password2": "un long mot de passe",
    }
    answer = getattr(client, send)(reverse("account_signup"), typed)
    assert answer.status_code in {200, 403}
    assert not User.objects.exists()


def test_whoever_is_not_signed_in_is_led_there_and_back(client):
    answer = client.get(reverse("desk:caseload"))
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={reverse('desk:caseload')}"


def test_a_password_is_long_and_not_a_common_one(as_member, counsellor, with_password):
    old = with_password(counsellor)
    browser = as_member(counsellor)
    for refused in ("court", "123456789012345678", "motdepasse"):
        browser.post(
            reverse("account_change_password"),
            {"oldpassword": old, "password1": refused, "password2": refused},
        )
        counsellor.user.refresh_from_db()
        assert counsellor.user.check_password(old)


def test_a_reset_mail_comes_from_passerelle_and_names_its_own_address(client, counsellor, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": counsellor.user.email})
    send()
    (mail,) = mailoutbox
    assert mail.subject.startswith("[Passerelle] ")
    assert "Passerelle" in mail.body
    assert settings.SITE_URL in mail.body
