"""Mail leaves by a worker: none lost while the server refuses, hangs or drops, none twice, nobody named."""

import datetime
import email
import email.policy
import re
import socket

import pytest
from django.core import mail

from accounts.models import User
from common import clock
from common.queued import LEASE, JobStatus
from exchange.deliveries import tasks
from exchange.deliveries.carried import message_carried
from exchange.deliveries.lines import MailLine
from exchange.models import Delivery, Notice
from tests.exchange.postman import closed_port
from tests.factories import NoticeFactory

pytestmark = pytest.mark.django_db
TOLD = "A referral has arrived"


def later(**how_long):
    return clock.at(clock.now() + datetime.timedelta(**how_long))


def send_after(**how_long):
    """The sweep, so much later: the pause is over, and the server is asked again."""
    tasks.cache.clear()
    with later(**how_long):
        tasks.send()


def message_of(delivery):
    """As the mail server would get it."""
    line, sent = MailLine(), []
    line.connection.send_messages = sent.extend
    line.carry(delivery, message_carried(delivery))
    return sent[0]


def parsed(envelope):
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def test_a_mail_says_that_something_waits_for_whom_and_where(delivery, postman, agent, settings):
    tasks.send()
    assert Delivery.objects.get().status == JobStatus.READY
    [envelope] = postman.messages
    message = parsed(envelope)
    assert envelope.rcpt_tos == [agent.user.email]
    assert (
        message["Subject"].strip()
        == "[Passerelle] Une orientation est arrivée\u00a0: elle attend votre réponse."
    )
    assert message["Message-ID"] == f"<{delivery.pk}@testserver>"
    for part in ("plain", "html"):
        text = message.get_body([part]).get_content()
        assert "Maison des métiers" in text
        assert f"{settings.SITE_URL}/notices/{delivery.notice.pk}/" in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_mail_names_nobody(referral, delivery, youth, counsellor, language):
    User.objects.update(language=language)
    message = message_of(Delivery.objects.for_sending().get())
    whole = message.message().as_string() + message.body + message.alternatives[0].content
    for secret in (
        youth.first_name,
        youth.last_name,
        counsellor.user.last_name,
        str(youth.pk),
        referral.motive,
    ):
        assert secret not in whole
    assert (TOLD in message.body) == (language == "en")


def test_each_mail_carries_its_look(delivery):
    html = message_of(delivery).alternatives[0].content
    assert re.search(r'<a [^>]*style="[^"]*background: ?#0b6373', html)


def test_one_connection_serves_all_that_waits(referral, counsellor, agent, lead, postman):
    referral.send(by=counsellor)
    tasks.send()
    assert len(postman.messages) == len(set(postman.ids)) == 2
    assert not Delivery.objects.claimable().exists()


def test_a_server_that_refuses_for_an_hour_costs_no_mail_and_few_tries(
    referral, counsellor, agent, lead, postman, settings
):
    settings.EMAIL_PORT, open_port = closed_port(), settings.EMAIL_PORT
    referral.send(by=counsellor)
    for minutes in range(0, 60, 2):
        send_after(minutes=minutes)
    assert set(Delivery.objects.values_list("status", flat=True)) == {JobStatus.QUEUED}
    assert max(Delivery.objects.values_list("tries", flat=True)) <= 5
    settings.EMAIL_PORT = open_port
    send_after(hours=3)
    assert len(set(postman.ids)) == len(postman.ids) == 2


def test_a_server_that_is_away_is_left_alone_for_a_minute(
    referral, counsellor, agent, lead, postman, settings
):
    settings.EMAIL_PORT = closed_port()
    referral.send(by=counsellor)
    for _ in range(5):
        tasks.send()
    assert sorted(Delivery.objects.values_list("tries", flat=True)) == [0, 1], "one mail asks for all"


def test_a_server_that_hangs_takes_its_timeout_once(delivery, settings):
    """It accepts and says nothing."""
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = "django.core.mail.backends.smtp.EmailBackend", 0.2
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        tasks.send()
    waiting = Delivery.objects.get()
    assert (waiting.status, waiting.tries) == (JobStatus.QUEUED, 1)
    assert waiting.sentence == "Le serveur de courriel ne répond pas."


def test_dropped_after_the_message_it_goes_again_with_the_same_id(delivery, postman):
    postman.answer = "421 Going down"
    tasks.send()
    assert Delivery.objects.get().status == JobStatus.QUEUED
    postman.answer = "250 OK"
    send_after(minutes=2)
    assert Delivery.objects.get().status == JobStatus.READY
    assert postman.ids == [f"<{delivery.pk}@testserver>"] * 2


def test_a_message_that_is_refused_for_good_fails_at_once_and_stops_nobody(
    referral, counsellor, agent, lead, postman
):
    answers = iter(["550 No such person", "250 OK"])
    postman.answer = lambda: next(answers)
    referral.send(by=counsellor)
    tasks.send()
    assert sorted(Delivery.objects.values_list("status", flat=True)) == [JobStatus.FAILED, JobStatus.READY]
    assert Delivery.objects.get(status=JobStatus.FAILED).sentence


def test_after_three_days_it_is_given_up_with_a_sentence(delivery, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = closed_port()
    begun = clock.now()
    for hours in range(80):
        tasks.cache.clear()
        with clock.at(begun + datetime.timedelta(hours=hours)):
            tasks.send()
        if Delivery.objects.get().status == JobStatus.FAILED:
            break
    assert 70 <= hours <= 76
    assert Delivery.objects.get().sentence == "Le serveur de courriel ne répond pas."


def test_who_left_meanwhile_gets_nothing(delivery, agent, postman):
    agent.write(ends_on=clock.today() - clock.ONE_DAY)
    tasks.send()
    assert not postman.messages
    assert Delivery.objects.get().sentence == "La personne est partie entre-temps."


def test_two_workers_share_the_work(delivery, postman):
    assert Delivery.objects.claim(delivery.pk)
    tasks.send()
    assert not postman.messages, "it is another worker's"
    with later(seconds=LEASE.total_seconds() + 1):
        tasks.send()
    assert len(postman.messages) == 1


def test_what_cannot_be_written_stops_nobody(referral, counsellor, agent, lead, postman, monkeypatch):
    referral.send(by=counsellor)
    broken = Delivery.objects.order_by("asked_at")[0]

    def written(one):
        if one.pk == broken.pk:
            raise ValueError
        return message_carried(one)

    monkeypatch.setattr(tasks, "message_carried", written)
    tasks.send()
    assert len(postman.messages) == 1
    assert Delivery.objects.get(pk=broken.pk).status == JobStatus.QUEUED


@pytest.mark.parametrize(("waiting", "statements"), [(1, 8), (3, 16)])
def test_each_mail_costs_four_statements(agent, waiting, statements, django_assert_num_queries):
    wait(waiting, agent)
    # Is the server away, what is worn out, what waits, whose letters are forgotten; of each: claimed, read,
    # still there, sent.
    with django_assert_num_queries(statements):
        tasks.send()
    assert len(mail.outbox) == waiting


def wait(count, member):
    notices = NoticeFactory.create_batch(count, member=member)
    Delivery.objects.bulk_create([Delivery(notice=notice) for notice in notices])


def test_who_sends_leaves_a_turn_to_other_jobs(agent, monkeypatch):
    monkeypatch.setattr(tasks, "AT_A_TIME", 3)
    wait(5, agent)
    tasks.send()
    assert len(mail.outbox) == 3
    tasks.send()
    assert len(mail.outbox) == 5


@pytest.mark.soak
def test_ten_thousand_that_wait_all_leave_once(agent, postman):
    wait(10_000, agent)
    for _ in range(10_000 // tasks.AT_A_TIME):
        tasks.send()
    assert len(set(postman.ids)) == len(postman.messages) == 10_000
    assert not Delivery.objects.exclude(status=JobStatus.READY).exists()


def test_without_notices_the_server_is_not_asked(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = closed_port()
    tasks.send()
    assert not tasks.cache.get_many(tasks.AWAY.values())
    assert not Notice.objects.exists()
