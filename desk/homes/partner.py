"""What a partner begins the day with: who waits for an answer, and who is under way."""

from django.db.models import Case, F, IntegerField, When

from desk.words import age_words, due_words, since_words
from referrals.models import Referral, Urgency
from referrals.workflow import Status

SHOWN = 12


def home(member) -> dict:
    received = Referral.objects.visible_to(member).filter(recipient=member.organisation_id)
    urgent_first = Case(When(urgency=Urgency.URGENT, then=0), default=1, output_field=IntegerField())
    waiting = received.answerable().order_by(
        urgent_first, F("answer_by").asc(nulls_last=True), "sent_at", "pk"
    )
    running = received.filter(status__in=[Status.ACCEPTED, Status.UNDER_WAY]).order_by("answered_at", "pk")
    return {
        "to_answer": [row(referral, member) for referral in first(waiting, member)],
        "running": [row(referral, member) for referral in first(running, member)],
    }


def first(referrals, member):
    """With what a row prints: looked up for those alone that the page shows."""
    shown = Referral.objects.filter(pk__in=referrals.values("pk")[:SHOWN]).for_reader(member)
    return shown.select_related("youth", "sender", "offer").order_by(*referrals.query.order_by)


def row(referral, member) -> dict:
    """The person's name only while the share is open; the number of the case otherwise."""
    person = referral.person
    return {
        "referral": referral,
        "name": str(person or referral),
        "detail": age_words(person.age) if person and "birth_date" in referral.fields else "",
        "sender": str(referral.sender),
        "offer": str(referral.offer or ""),
        "since": since_words(referral.sent_at),
        "is_urgent": referral.urgency == Urgency.URGENT,
        "due": due_words(referral.answer_by) if referral.answer_by else None,
        "words": referral.wording(member),
    }
