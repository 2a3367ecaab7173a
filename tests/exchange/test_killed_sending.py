"""Real workers killed at one moment after another of a send: none lost, doubles only after the server's yes."""

import random
import time

import pytest
from django.db import connections

from common import clock
from common.queued import JobStatus
from exchange.models import Delivery
from tests.exchange.test_worker import eventually
from tests.factories import NoticeFactory
from tests.workers import kill, sweep, worker

pytestmark = [pytest.mark.workerkill, pytest.mark.django_db(transaction=True)]


def wait(count, member):
    for notice in NoticeFactory.create_batch(count, member=member):
        Delivery.objects.create(notice=notice)
    connections.close_all()


def free_what_was_held():
    """A minute later, as the lease measures it."""
    Delivery.objects.filter(status=JobStatus.RUNNING).update(lease_until=clock.now())


def is_done() -> bool:
    return not Delivery.objects.exclude(status=JobStatus.READY).exists()


def killed_at(moments, mails, agent, postman, folder, life):
    """A process for each moment (seconds after the first mail of its life), killed then; then a worker that lives."""
    wait(mails, agent)
    address = {"EMAIL_URL": f"smtp://127.0.0.1:{postman.port}"}
    held = []
    for moment in moments:
        before = len(postman.messages)
        with life(folder, **address) as one:
            eventually(lambda: len(postman.messages) > before or is_done(), seconds=90)  # noqa: B023
            time.sleep(moment)
            kill(one)
        held.append(Delivery.objects.filter(status=JobStatus.RUNNING).count())
        free_what_was_held()
        if is_done():
            break
    with worker(folder, **address):
        eventually(is_done, seconds=120)
    return held


def assert_none_lost(mails, held, postman):
    assert len(set(postman.ids)) == mails
    assert max(held) == 1, "one at a time is in its hands"
    assert len(postman.ids) - mails <= sum(held), "doubles: answered, and not yet committed"


def test_killed_at_thirty_moments_of_a_send_none_is_lost(agent, postman, tmp_path):
    """Seven thousandths of a second apart, which is less than one mail takes."""
    mails, moments = 600, [number * 0.007 for number in range(30)]
    held = killed_at(moments, mails, agent, postman, tmp_path, sweep)
    assert_none_lost(mails, held, postman)


@pytest.mark.soak
def test_killed_a_hundred_times_none_is_lost(agent, postman, tmp_path):
    mails, chance = 6_000, random.Random("killed")
    held = killed_at([chance.uniform(0, 0.3) for _ in range(100)], mails, agent, postman, tmp_path, worker)
    assert_none_lost(mails, held, postman)
