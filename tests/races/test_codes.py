"""Three hundred guesses at once: five are looked at, whoever types them."""

from dataclasses import replace

import pytest

from accounts.models import Event
from common import clock
from common.errors import DomainError
from exchange.links import codes
from exchange.links.purposes import PURPOSES
from exchange.models import LinkCode, PersonalLink
from exchange.staff.models import INVITE
from tests.factories import PersonalLinkFactory
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
GUESSERS, EACH = 10, 30


def guessing(link, first):
    """What became of each guess: looked at and wrong, or refused unseen."""

    def guess():
        outcomes = []
        for number in range(first, first + EACH):
            try:
                outcomes.append(codes.is_right(link, f"{number:06}"))
            except DomainError:
                outcomes.append(None)
        return outcomes

    return guess


def test_five_are_looked_at_then_the_link_is_closed(monkeypatch):
    monkeypatch.setitem(PURPOSES, INVITE.name, replace(INVITE, code=True))
    link = PersonalLinkFactory()
    code = LinkCode.objects.create(link=link, serves_until=clock.now() + codes.SERVES)
    while int(code.new_figures()) < GUESSERS * EACH:
        pass
    outcomes = at_once(*[guessing(link, EACH * number) for number in range(GUESSERS)])
    looked_at = [outcome for each in outcomes for outcome in each if outcome is not None]
    assert looked_at == [False] * codes.MOST_TRIES
    assert PersonalLink.objects.get(pk=link.pk).closed_because == "blocked"
    assert Event.objects.filter(verb="link_code_wrong").count() == codes.MOST_TRIES
    assert Event.objects.filter(verb="link_blocked").count() == 1
