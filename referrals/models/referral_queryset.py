import datetime

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Value, When

from accounts.models import Role
from common import clock
from common.pagination import Ranged
from common.text import words_of
from referrals.models.figures import Figures, figures_of
from referrals.workflow import OPEN, Status
from youths.models import Share, is_own_file

EXPIRES_AFTER = datetime.timedelta(days=90)


class ReferralQuerySet(Ranged):
    def visible_to(self, member):
        """From or to the own organisation; the other side's drafts do not exist, nor do letters to a partner."""
        sent = Q(sender=member.organisation_id)
        arrived = Q(recipient=member.organisation_id, by_letter=False, sent_at__isnull=False)
        match member.reads_as:
            case Role.COUNSELLOR | Role.DIRECTOR:
                return self.filter(sent | arrived).in_ranges(sent, arrived)
            case Role.AGENT | Role.LEAD:
                return self.filter(arrived)
        return self.none()

    def for_reader(self, member):
        """What `person_shown` asks: whether the file is the reader's own, and its share where one is open to it.

        The shares are looked at for the rows of a page alone, once they are found.
        """
        own, shares = is_own_file(member, "youth__"), Share.objects.open_to(member)
        return (
            self.annotate(is_own=Case(When(own, then=Value(True)), default=Value(False)))
            .alias(is_shown=own | Exists(shares.filter(pk=OuterRef("share"))))
            .alias(names_shown=Case(When(own, then="youth__search"), default="youth__search_outside"))
            .prefetch_related(Prefetch("share", shares, to_attr="open_share"))
        )

    def search(self, words: str):
        """By the names that the reader is shown, of people whom it may see; needs `for_reader` before it."""
        found = self.filter(is_shown=True)
        for word in words_of(words):
            found = found.filter(names_shown__contains=word)
        return found

    def open(self):
        return self.filter(status__in=sorted(OPEN))

    def to_answer(self):
        return self.filter(status=Status.SENT)

    def late(self):
        """Sent, and still unanswered after the date by which an answer was wanted."""
        return self.to_answer().filter(answer_by__lt=clock.today())

    def answered_unread(self, since):
        """Answers that came in lately: what a counsellor looks at first."""
        return self.filter(answered_at__gte=since, status__in=[Status.ACCEPTED, Status.DECLINED])

    def figures_of(self, agreement) -> Figures:
        """Counts and the median answer time of the referrals made under an agreement."""
        return figures_of(self.filter(agreement=agreement))

    def for_list(self):
        """What a row prints, the newest first."""
        related = ("youth", "sender", "recipient", "agreement", "offer", "author__user", "share")
        return self.select_related(*related).order_by("-created_at", "pk")

    def for_detail(self):
        return self.select_related(
            "youth", "sender", "recipient", "agreement", "offer__theme", "author__user", "share__youth"
        )
