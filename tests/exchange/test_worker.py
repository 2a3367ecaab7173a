"""A real worker, killed while it sends: the next one sends, and both messages are one."""

import time

import pytest
from django.db import connections

from common.queued import LEASE, JobStatus
from exchange.models import Delivery
from tests.factories import NoticeFactory
from tests.workers import kill, worker

pytestmark = [pytest.mark.workerkill, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def waiting(agent):
    delivery = Delivery.objects.create(notice=NoticeFactory(member=agent))
    connections.close_all()
    return delivery


def eventually(happened, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happened():
            return
        time.sleep(0.01)
    raise AssertionError(f"not within {seconds} s")


def status():
    return Delivery.objects.get().status


def test_killed_between_the_servers_yes_and_our_commit_it_goes_again_as_the_same_message(
    waiting, postman, tmp_path
):
    """The one moment in which a mail may be doubled; readers of mail show one message of one Message-ID."""
    address = {"EMAIL_URL": f"smtp://127.0.0.1:{postman.port}"}
    with worker(tmp_path, **address) as first:
        postman.answer = lambda: kill(first) or "250 OK"
        eventually(lambda: postman.messages)
        eventually(lambda: first.poll() is not None)
    assert status() == JobStatus.RUNNING
    postman.answer = "250 OK"
    # What the lease measures is the clock; a minute later the row is anybody's.
    Delivery.objects.update(lease_until=Delivery.objects.get().lease_until - LEASE)
    with worker(tmp_path, **address):
        eventually(lambda: status() == JobStatus.READY)
    assert postman.ids == [f"<{waiting.pk}@testserver>"] * 2


def test_killed_before_the_servers_answer_it_is_sent_by_the_next(waiting, postman, tmp_path):
    address = {"EMAIL_URL": f"smtp://127.0.0.1:{postman.port}"}
    with worker(tmp_path, EMAIL_URL="smtp://10.255.255.1:25") as first:  # nobody there, and nobody says so
        eventually(lambda: status() == JobStatus.RUNNING)
        kill(first)
    Delivery.objects.update(lease_until=Delivery.objects.get().lease_until - LEASE)
    with worker(tmp_path, **address):
        eventually(lambda: status() == JobStatus.READY)
    assert len(postman.messages) == 1
    assert Delivery.objects.get().tries == 2
