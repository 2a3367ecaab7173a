"""Whoever guesses is slowed down; whoever owns the account gets in all the same."""

import datetime
import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import tasks
from accounts.guessing import PLACE, network_of
from accounts.models import Guesses, KnownDevice, Session
from common import clock
from exchange.deliveries import tasks as sending
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "pas le bon mot de passe"
HOME_NETWORK, OFFICE = "192.0.2.7", "198.51.100.20"
GOOD = "cerf volant bordeaux trombone"


def network(number: int) -> str:
    return f"203.0.113.{number}"


def browser(address: str = HOME_NETWORK) -> Client:
    return Client(REMOTE_ADDR=address)


def try_in(client, member, password=WRONG):
    return client.post("/accounts/login/", {"login": member.user.email, "password": password})


def is_let_in(client, member) -> bool:
    return try_in(client, member, PASSWORD).status_code == 302


def sentence(answer) -> str:
    return " ".join(answer.context["form"].non_field_errors())


@pytest.fixture
def owner(counsellor, with_password):
    with_password(counsellor)
    return counsellor


@pytest.fixture
def known(owner):
    """The browser in which its owner signs in every day."""
    client = browser(OFFICE)
    assert is_let_in(client, owner)
    client.post("/accounts/logout/")
    return client


def mails():
    sending.send()


def later(seconds):
    return clock.at(clock.now() + datetime.timedelta(seconds=seconds))


def test_a_stranger_does_not_keep_the_owner_out(owner, known):
    stranger = browser(network(1))
    for _try in range(60):
        try_in(stranger, owner)
    assert "Attendez" in sentence(try_in(stranger, owner, PASSWORD)), "the stranger is not slowed down"
    assert is_let_in(known, owner), "on the known device"
    assert is_let_in(browser(HOME_NETWORK), owner), "on a new device"


def test_a_stranger_in_the_same_office_does_not_either(owner, known):
    stranger = browser(OFFICE)
    for _try in range(60):
        try_in(stranger, owner)
    assert not is_let_in(browser(OFFICE), owner)
    assert is_let_in(known, owner)


@pytest.mark.parametrize(
    ("wrong", "seconds"),
    [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (9, 16), (10, 32), (11, 60), (90, 60)],
)
def test_the_wait_doubles_up_to_a_minute(wrong, seconds):
    now = clock.now()
    with clock.at(now):
        assert PLACE.wait(Guesses(wrong=wrong, since=now, last_at=now)) == seconds


def test_only_what_is_looked_at_is_counted(owner):
    stranger = browser()
    with clock.at(clock.now()):  # the second is longer than twenty answers, however busy the machine
        for _try in range(5):
            try_in(stranger, owner)
        for _try in range(20):
            assert not is_let_in(stranger, owner)
    with later(2):
        assert is_let_in(stranger, owner)


def test_an_hour_later_one_begins_anew(owner):
    stranger = browser()
    for _try in range(5):
        try_in(stranger, owner)
    with later(3601):
        for _try in range(4):
            try_in(stranger, owner)
        assert is_let_in(stranger, owner)


def test_a_hundred_networks_at_once_are_sent_to_the_mailbox(owner, known, mailoutbox):
    for number in range(25):
        for _try in range(4):
            try_in(browser(network(number)), owner)
    new = browser(HOME_NETWORK)
    assert "Mot de passe oublié" in sentence(try_in(new, owner, PASSWORD))
    assert is_let_in(known, owner), "the owner where she works"
    new.post("/accounts/password/reset/", {"email": owner.user.email})
    mails()
    address = re.search(rf"{settings.SITE_URL}(/accounts/password/reset/key/\S+)", mailoutbox[-1].body)[1]
    page = new.get(address, follow=True)
    new.post(page.redirect_chain[-1][0], {"password1": GOOD, "password2": GOOD})
    assert try_in(new, owner, GOOD).status_code == 302, "the owner on a new device, by her mail"
    assert "Mot de passe oublié" in sentence(try_in(browser(network(90)), owner, GOOD))


def test_many_accounts_tried_from_one_network_slow_it_but_not_its_known_devices(
    owner, known, colleague, director
):
    stranger = browser(OFFICE)
    for number in range(31):
        stranger.post("/accounts/login/", {"login": f"personne{number}@test.example", "password": WRONG})
    assert "Attendez" in sentence(try_in(stranger, colleague))
    assert is_let_in(known, owner)


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
    ],
)
def test_a_network_is_an_address_or_what_a_provider_gives_away_together(rf, one, other, is_one):
    networks = {network_of(rf.get("/", REMOTE_ADDR=address)) for address in (one, other)}
    assert (len(networks) == 1) == is_one


def test_the_owner_is_told_once(owner, mailoutbox):
    for number in range(30):
        try_in(browser(network(number)), owner)
        mails()
    (mail,) = mailoutbox
    assert mail.to == [owner.user.email]
    assert mail.subject == "[Passerelle] Quelqu’un essaie des mots de passe sur votre compte"
    assert reverse("account_reset_password") in mail.body
    assert "192." not in mail.body


def statements(account, number) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        browser(network(number)).post("/accounts/login/", {"login": account, "password": WRONG})
    return [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]


def test_an_unknown_address_costs_the_same_statements(owner):
    for number in range(12):
        known, unknown = (statements(account, number) for account in (owner.user.email, "nemo@test.example"))
        assert sorted(known) == sorted(unknown), number


def test_a_device_is_known_to_its_owner_alone(owner, known, colleague, with_password):
    with_password(colleague)
    assert KnownDevice.objects.get().user == owner.user
    for _try in range(5):
        try_in(known, colleague)
    assert not is_let_in(known, colleague), "a cookie of one account is no pass for another"


def test_the_cookie_of_a_device_is_out_of_reach(owner, known):
    cookie = known.cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in str(KnownDevice.objects.values())
    assert known.get("/").status_code == 302, "a known device lets nobody in by itself"


def test_guesses_name_nobody(owner):
    try_in(browser(), owner)
    kept = str(list(Guesses.objects.values()))
    assert owner.user.email not in kept
    assert HOME_NETWORK not in kept


def test_the_present_password_is_not_guessed_where_it_is_changed(owner, as_member):
    left_open = as_member(owner)
    change = reverse("account_change_password")
    new = {"password1": GOOD, "password2": GOOD}
    for _try in range(PLACE.free):
        left_open.post(change, {"oldpassword": WRONG, **new})
        cache.clear()  # the library's own limit, of some a minute
    answer = left_open.post(change, {"oldpassword": PASSWORD, **new})
    assert "Attendez" in str(answer.context["form"].errors)
    with later(2):
        assert left_open.post(change, {"oldpassword": PASSWORD, **new}).status_code == 302


def code_of(totp) -> str:
    secret = get_adapter().decrypt(totp.instance.data["secret"])
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_wrong_codes_are_slowed_down_and_told(owner, known, with_factor, mailoutbox):
    totp = with_factor(owner)
    thief = browser(network(1))
    assert is_let_in(thief, owner)
    for _try in range(8):
        thief.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = thief.post(reverse("mfa_authenticate"), {"code": code_of(totp)})
    assert "Attendez" in str(answer.context["form"].errors)
    mails()
    assert [mail.subject for mail in mailoutbox] == ["[Passerelle] Quelqu’un connaît votre mot de passe"]
    assert is_let_in(known, owner)
    assert known.post(reverse("mfa_authenticate"), {"code": code_of(totp)}).status_code == 302


def test_what_serves_nobody_any_more_is_forgotten(owner, known):
    try_in(browser(), owner)
    assert is_let_in(known, owner)
    with later(3601):
        tasks.forget_sign_ins()
        assert not Guesses.objects.exists()
        assert not Session.objects.exists()
        assert KnownDevice.objects.exists()
    with later(366 * 24 * 3600):
        tasks.forget_sign_ins()
        assert not KnownDevice.objects.exists()
