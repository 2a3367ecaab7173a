"""A message while the access closes: it is sent before, and stands there, or it is refused; never sent to nobody."""

import threading
from functools import partial

import pytest
from django.db import connections, transaction

from exchange.models import Message
from exchange.threads.actions import Closed, say
from referrals.models import Outcome, Referral
from referrals.workflow import Status
from tests.factories import ReferralFactory
from tests.races.at_once import PATIENCE, at_once

pytestmark = pytest.mark.django_db(transaction=True)

A_MOMENT = 1  # second, in which what does not wait would long be done


@pytest.fixture
def new_referral(youth, partner, agreement, counsellor):
    def made():
        Referral.objects.filter(youth=youth).update(youth=ReferralFactory().youth)  # one open case at a time
        case = {"sender": youth.organisation, "recipient": partner, "agreement": agreement, "youth": youth}
        return ReferralFactory(**case, author=counsellor, status=Status.UNDER_WAY)

    return made


def test_whoever_writes_while_the_access_closes_waits_and_is_refused(new_referral, counsellor, agent):
    referral, outcomes = new_referral(), []

    def write():
        try:
            outcomes.append(say(Message(text="Trop tard ?"), on=referral, by=counsellor))
        except Exception as error:
            outcomes.append(error)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write, daemon=True)
    with transaction.atomic():
        Referral.objects.get(pk=referral.pk).complete(by=agent, outcome=Outcome.WORK)
        writer.start()
        writer.join(A_MOMENT)
        assert outcomes == [], "it did not wait for what was under way"
    writer.join(PATIENCE)
    assert [type(outcome) for outcome in outcomes] == [Closed]
    assert not Message.objects.exists()


def test_both_at_once_end_in_one_order_or_the_other(new_referral, counsellor, agent):
    for _attempt in range(6):
        referral = new_referral()
        closing = Referral.objects.get(pk=referral.pk)
        message = Message(text="Vous l’avez vu ?")
        written, closed = at_once(
            partial(say, message, on=referral, by=counsellor),
            partial(closing.complete, by=agent, outcome=Outcome.WORK),
        )
        assert closed is None
        assert isinstance(written, Message | Closed), written
        assert Message.objects.filter(pk=message.pk).exists() == isinstance(written, Message)


def test_eight_clicks_send_one(new_referral, agent):
    referral = new_referral()
    pk = Message().pk
    clicks = [partial(say, Message(pk=pk, text="Bonjour."), on=referral, by=agent) for _ in range(8)]
    assert {type(outcome) for outcome in at_once(*clicks)} == {Message}
    assert Message.objects.count() == 1
