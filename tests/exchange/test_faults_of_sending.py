"""A real mail server that refuses and drops at each moment: none lost, doubled only what nobody answered."""

import datetime
import gc
import tracemalloc

import pytest

from common import clock
from common.queued import JobStatus
from exchange.deliveries import tasks
from exchange.models import Delivery
from tests.exchange.postman import DROP
from tests.factories import MembershipFactory, NoticeFactory

pytestmark = pytest.mark.django_db


def wait(count, member) -> None:
    notices = NoticeFactory.create_batch(count, member=member)
    Delivery.objects.bulk_create(Delivery(notice=notice) for notice in notices)


def send_after(**how_long):
    tasks.cache.clear()
    with clock.at(clock.now() + datetime.timedelta(**how_long)):
        tasks.send()


def statuses() -> list[str]:
    return sorted(Delivery.objects.values_list("status", flat=True))


def test_dropped_before_the_message_it_goes_once(agent, postman):
    wait(1, agent)
    postman.to_each = DROP
    tasks.send()
    assert statuses() == [JobStatus.QUEUED]
    postman.to_each = "250 OK"
    send_after(minutes=2)
    assert statuses() == [JobStatus.READY]
    assert len(postman.messages) == 1


def test_dropped_instead_of_a_yes_it_goes_again_as_the_same_message(agent, postman):
    wait(1, agent)
    postman.answer = DROP
    tasks.send()
    assert statuses() == [JobStatus.QUEUED]
    postman.answer = "250 OK"
    send_after(minutes=2)
    assert statuses() == [JobStatus.READY]
    assert len(postman.messages) == 2
    assert len(set(postman.ids)) == 1


@pytest.mark.parametrize(
    ("answer", "becomes"),
    [
        ("450 Mailbox busy", JobStatus.QUEUED),
        ("452 Full", JobStatus.QUEUED),
        ("550 Nobody", JobStatus.FAILED),
    ],
)
def test_one_recipient_is_refused_and_the_others_are_served(
    agent, lead, counsellor, postman, answer, becomes
):
    for member in (agent, lead, counsellor):
        wait(1, member)
    postman.to_each = lambda address: answer if address == lead.user.email else "250 OK"
    tasks.send()
    assert Delivery.objects.get(notice__member=lead).status == becomes
    assert [one.rcpt_tos for one in postman.messages] == [[agent.user.email], [counsellor.user.email]]
    assert postman.connections == 1


def test_a_server_that_drops_each_third_message_loses_none(agent, postman):
    wait(12, agent)
    asked = iter(range(1, 100))
    postman.answer = lambda: "421 Going down" if next(asked) % 3 == 0 else "250 OK"
    for minutes in range(0, 60, 3):
        send_after(minutes=minutes)
    assert statuses() == [JobStatus.READY] * 12
    assert len(set(postman.ids)) == 12


def test_many_that_wait_take_one_connection_each_turn_and_no_memory(agent, postman, monkeypatch):
    monkeypatch.setattr(tasks, "AT_A_TIME", 100)
    wait(300, agent)
    peaks = []
    for _turn in range(3):
        gc.collect()
        tracemalloc.start()
        tasks.send()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        postman.messages.clear()
    assert postman.connections == 3
    assert statuses() == [JobStatus.READY] * 300
    assert peaks[-1] < peaks[0] * 1.5


def test_who_is_rung_for_passes_what_waits(agent, postman):
    wait(20, agent)
    urgent = Delivery.objects.create(notice=NoticeFactory(member=MembershipFactory()))
    tasks.send_one(str(urgent.pk))
    assert postman.ids == [f"<{urgent.pk}@testserver>"]
