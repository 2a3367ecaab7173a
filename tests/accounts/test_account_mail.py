"""Asking for a new password tells nobody which addresses we know, and loses no mail."""

import datetime
import re
from unittest import mock

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Letter, User
from accounts.models.letter import LONGEST
from common import clock
from common.queued import JobStatus
from exchange.deliveries import tasks
from exchange.models import Delivery

pytestmark = pytest.mark.django_db
ASK = "/accounts/password/reset/"
STRANGER = "personne@test.example"
GOOD = "cerf volant bordeaux trombone"


@pytest.fixture(autouse=True)
def _limits_begin_anew():
    cache.clear()


@pytest.fixture
def dead_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


def work():
    """What the worker does with all that waits."""
    cache.delete_many(tasks.AWAY.values())
    tasks.send()


def statements(client, email) -> list[str]:
    cache.clear()
    Delivery.objects.all().delete()
    Letter.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        assert client.post(ASK, {"email": email}).status_code == 302
    return [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]


def test_known_unknown_and_disabled_cost_the_same_work(client, counsellor, colleague, mailoutbox):
    User.objects.filter(pk=colleague.user_id).update(is_active=False)
    client.post(ASK, {"email": STRANGER})  # the session is there
    asked = [statements(client, one) for one in (counsellor.user.email, STRANGER, colleague.user.email)]
    assert asked[0] == asked[1] == asked[2]
    assert not mailoutbox  # nobody waits for a mail server


def test_the_worker_writes_to_those_whom_we_know_and_forgets_who_asked(
    client, counsellor, colleague, mailoutbox
):
    User.objects.filter(pk=colleague.user_id).update(is_active=False)
    for email in (counsellor.user.email.upper(), STRANGER, colleague.user.email):
        client.post(ASK, {"email": email})
    work()
    assert [message.to for message in mailoutbox] == [[counsellor.user.email]]
    with clock.at(clock.now() + datetime.timedelta(minutes=6)):
        work()
    assert not Letter.objects.exists()
    assert not Delivery.objects.exists()


def test_the_address_in_the_mail_sets_a_new_password(client, counsellor, mailoutbox, settings):
    client.post(ASK, {"email": counsellor.user.email})
    work()
    address = re.search(rf"{settings.SITE_URL}(/accounts/password/reset/key/\S+)", mailoutbox[0].body)[1]
    page = client.get(address, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": GOOD, "password2": GOOD})
    counsellor.user.refresh_from_db()
    assert counsellor.user.check_password(GOOD)


@pytest.mark.usefixtures("dead_mail")
def test_a_dead_mail_server_costs_nobody_a_page_and_loses_no_mail(client, counsellor, settings):
    client.post(ASK, {"email": counsellor.user.email})
    work()
    assert Delivery.objects.get().status == JobStatus.QUEUED
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.at(clock.now() + datetime.timedelta(minutes=2)):
        work()
    assert len(mail.outbox) == 1


def test_the_broker_hears_an_id_and_no_address(
    client, counsellor, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(tasks.send_one, "apply_async", lambda arguments, **options: rung.append(arguments))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": counsellor.user.email})
    assert rung == [(str(Delivery.objects.get().pk),)]


@pytest.mark.usefixtures("dead_mail")
def test_what_cannot_be_sent_in_a_day_fails_and_who_asks_again_is_heard(client, counsellor, settings):
    client.post(ASK, {"email": counsellor.user.email})
    begun = clock.now()
    for hours in (0, 12, 25):
        with clock.at(begun + datetime.timedelta(hours=hours)):
            work()
    failed = Delivery.objects.get()
    assert (failed.status, failed.organisation) == (JobStatus.FAILED, counsellor.organisation)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.at(begun + datetime.timedelta(hours=26)):
        client.post(ASK, {"email": counsellor.user.email})
        work()
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("dead_mail")
def test_a_failed_letter_is_forgotten_after_a_month(client, counsellor):
    client.post(ASK, {"email": counsellor.user.email})
    for days, left in ((2, 1), (29, 1), (33, 0)):
        with clock.at(clock.now() + datetime.timedelta(days=days)):
            work()
        assert Letter.objects.count() == left


def test_who_asks_again_and_again_fills_no_box_and_is_not_shut_out(client, counsellor, mailoutbox):
    for _time in range(12):
        assert client.post(ASK, {"email": counsellor.user.email}).status_code == 302
        work()
        work()
    assert len(mailoutbox) == 1
    with clock.at(clock.now() + datetime.timedelta(minutes=6)):
        work()
        client.post(ASK, {"email": counsellor.user.email})
        work()
    assert len(mailoutbox) == 2


def test_an_address_as_long_as_a_form_takes_is_kept(client):
    assert client.post(ASK, {"email": f"{'a' * 60}@{'b.' * 120}test.example"}).status_code == 302
    assert Letter.objects.exists()


def test_an_address_that_grows_in_small_letters_costs_the_same_work(client):
    grown = "İ" * 300 + "@test.example"
    assert len(grown.lower()) > LONGEST
    client.post(ASK, {"email": STRANGER})  # the session is there
    assert statements(client, STRANGER) == statements(client, grown)
    assert len(Letter.objects.get().address) <= LONGEST


def test_the_link_in_the_mail_serves_for_a_day(client, counsellor, mailoutbox):
    client.post(ASK, {"email": counsellor.user.email})
    work()
    address = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", mailoutbox[0].body)[1]
    sent = datetime.datetime.now()  # the library looks at the machine's clock
    for hours, serves in ((23, True), (25, False)):
        with mock.patch.object(
            PasswordResetTokenGenerator, "_now", return_value=sent + datetime.timedelta(hours=hours)
        ):
            assert (client.get(address).status_code == 302) == serves
