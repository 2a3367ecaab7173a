"""What the reception begins the day with: who waits for a follow-up, who came lately. Identities alone."""

from common.pagination import MOST_COUNTED, capped_count
from common.words import day_of
from desk.words import age_words, days_since, since_words
from youths.models import Youth

SHOWN = 8
LONG = 7  # days


def home(member) -> dict:
    visible = Youth.objects.visible_to(member)
    waiting = visible.waiting()
    return {
        "waiting": [wait(youth) for youth in waiting.order_by("created_at", "pk")[:SHOWN]],
        "waiting_count": capped_count(waiting),
        "most_counted": MOST_COUNTED,
        "received": [arrival(youth) for youth in latest(visible)],
    }


def latest(visible):
    """Those who came last, with the names of their referents."""
    return visible.with_referent().order_by("-created_at", "pk")[:SHOWN]


def wait(youth) -> dict:
    return {
        "youth": youth,
        "detail": age_words(youth.age),
        "since": since_words(youth.created_at),
        "is_long": days_since(youth.created_at) > LONG,
    }


def arrival(youth) -> dict:
    names = (youth.referent_first_name, youth.referent_last_name)
    return {
        "youth": youth,
        "day": day_of(youth.created_at),
        "referent": " ".join(name for name in names if name),
    }
