"""What is told of one's own account: each change once, in words of ours, and no mail is lost."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.adapter import get_adapter

from accounts import letters
from accounts.models import Letter
from exchange.deliveries import tasks
from exchange.models import Delivery
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
GOOD = "cerf volant bordeaux trombone"


def told_by_the_library() -> set[str]:
    """The names of the mails that tell of a change, as its source writes them."""
    sources = [path for path in Path(allauth.__file__).parent.rglob("*.py") if "tests" not in path.parts]
    whole = "\n".join(path.read_text() for path in sources)
    found = re.findall(r'send_notification_mail\(\s*"([^"]+)"', whole)
    return {name for name in found if not re.search(r"socialaccount|webauthn", name)}


def test_each_change_has_a_sentence():
    assert len(told_by_the_library()) > 4
    assert told_by_the_library() <= set(letters.changes())


def test_a_changed_password_is_told_though_the_mail_server_is_away(
    client, counsellor, sign_in, with_password, settings, mailoutbox
):
    backend, settings.EMAIL_BACKEND = (
        settings.EMAIL_BACKEND,
        "django.core.mail.backends.smtp.EmailBackend",
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    sign_in(counsellor.user.email, with_password(counsellor))
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": GOOD, "password2": GOOD})
    assert Delivery.objects.filter(letter__kind="changed").count() == 1
    settings.EMAIL_BACKEND = backend
    tasks.cache.clear()
    tasks.send()
    (mail,) = mailoutbox
    assert mail.to == [counsellor.user.email]
    assert mail.subject == "[Passerelle] Votre mot de passe a été changé"
    tasks.send()
    assert not Letter.objects.exists(), "where it came from is kept no longer"


def test_twice_changed_is_told_twice(counsellor, mailoutbox):
    for _time in range(2):
        get_adapter().send_mail(
            "mfa/email/recovery_codes_generated", counsellor.user.email, {"ip": "192.0.2.7"}
        )
    tasks.send()
    assert len(mailoutbox) == 2
