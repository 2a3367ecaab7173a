import re

import pytest
from django.conf import settings
from django.core.cache import cache

from exchange.links import tasks
from exchange.models import PersonalLink


@pytest.fixture(autouse=True)
def _limits_begin_anew():
    cache.clear()


@pytest.fixture
def work():
    """What the worker does with all that waits."""

    def send_all():
        for link in list(PersonalLink.objects.claimable()):
            tasks.send_link(str(link.pk))

    return send_all


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
