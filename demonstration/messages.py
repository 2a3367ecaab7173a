"""What both sides write to each other about a referral, from a first question to a small arrangement."""

import random

from demonstration.story import Strand, World, office_hour
from demonstration.texts_of_messages import AGENT, TALKS, written_by
from exchange.models import Message
from exchange.threads.actions import say
from referrals.models import Referral
from referrals.workflow import Status


def talk(world: World, referral: Referral, agent, turn: int, since: int) -> Strand:
    """A line each day or so, from so many days ago; a talk that came to no end ends yesterday."""
    talks = TALKS[Status(referral.status)]
    chance = random.Random(f"talk {referral.motive} {turn}")
    for number, line in enumerate(talks[turn % len(talks)], start=1):
        yield office_hour(world.ago(max(1, since - number)), chance)
        by, text = written_by(line)
        say(Message(text=text), on=referral, by=agent if by == AGENT else referral.youth.follow_up.referent)
