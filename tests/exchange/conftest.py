"""One referral about to be sent and who is told of it; personal links, as their mail brings them."""

import re

import pytest
from django.conf import settings
from django.core.cache import cache

from exchange.deliveries import tasks
from exchange.models import Delivery, Notice
from tests.exchange.postman import at_work
from tests.factories import ReferralFactory


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet_and_no_server_is_away(db):
    cache.clear()


@pytest.fixture
def work():
    """What the worker does with all that waits."""

    return tasks.send


@pytest.fixture
def secret_in():
    """What stands after the # of the address in a mail."""
    return lambda message: re.search(rf"{settings.SITE_URL}/links/#(\S+)", message.body)[1]


@pytest.fixture
def opened(client):
    """`opened(link)`: a browser in which that link was opened, and its page."""

    def in_browser(link, browser=client):
        answer = browser.post("/links/", {"secret": link.new_secret()})
        assert answer.url == link.get_absolute_url()
        return browser, answer.url

    return in_browser


@pytest.fixture
def postman(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    with at_work() as postman:
        settings.EMAIL_PORT = postman.port
        yield postman


@pytest.fixture
def referral(agreement, youth, counsellor, partner):
    return ReferralFactory(
        sender=youth.organisation,
        recipient=partner,
        youth=youth,
        author=counsellor,
        agreement=agreement,
        status="draft",
    )


@pytest.fixture
def told():
    """`told()` is who has been told what: the kinds by the membership."""

    def found():
        return {(notice.member, notice.kind) for notice in Notice.objects.select_related("member")}

    return found


@pytest.fixture
def delivery(referral, counsellor, agent):
    """One mail that waits: a referral was sent to the agent."""
    referral.send(by=counsellor)
    return Delivery.objects.get()
