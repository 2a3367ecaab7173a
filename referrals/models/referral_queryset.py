import datetime
import re
from functools import reduce
from operator import or_

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, TextField, Value, When
from django.db.models.functions import Cast, Substr

from accounts.models import Role
from common import clock
from common.pagination import Ranged
from common.text import fits, words_of
from referrals.models.figures import Figures, figures_of
from referrals.workflow import OPEN, Status
from youths.models import Share, Youth, is_own_file

EXPIRES_AFTER = datetime.timedelta(days=90)
# Part of a referral's number, or all of it. Without a digit a part would be a name, as 'abed' is.
LIKE_A_NUMBER = re.compile(r"(?=.*[0-9])[0-9a-f]{2,8}|[a-f]{8}")


class ReferralQuerySet(Ranged):
    def visible_to(self, member):
        """From or to the own organisation; the other side's drafts do not exist, nor do letters to a partner."""
        sent = Q(sender=member.organisation_id)
        arrived = Q(recipient=member.organisation_id, by_letter=False, sent_at__isnull=False)
        match member.reads_as:
            case Role.COUNSELLOR | Role.DIRECTOR:
                return self.in_ranges(sent, arrived)
            case Role.AGENT | Role.LEAD:
                return self.filter(arrived)
        return self.none()

    def showing_the_person(self, member):
        """Those of which the member sees the person, not the case alone: its own files, and by an open share."""
        shared = Q(share__in=Share.objects.open_to(member).values("pk"))
        return self.visible_to(member).filter(is_own_file(member, "youth__") | shared)

    def discussed_by(self, member):
        """Those on which the member writes to the other side: both see the person, for the partner's share is open."""
        is_shared = Exists(Share.objects.running().filter(pk=OuterRef("share")))
        return self.showing_the_person(member).filter(is_shared)

    def for_reader(self, member):
        """What `person_shown` asks: whether the file is the reader's own, and its share where one is open to it.

        The shares are looked at for the rows of a page alone, once they are found.
        """
        own = Case(When(is_own_file(member, "youth__"), then=Value(True)), default=Value(False))
        shared = Prefetch("share", Share.objects.open_to(member), to_attr="open_share")
        return self.annotate(is_own=own).prefetch_related(shared)

    def with_number(self):
        """The beginning of the id, as `Referral.number` says it, to be searched."""
        return self.alias(case_number=Substr(Cast("pk", TextField()), 1, 8))

    def numbered(self, *words: str):
        """Those in whose number one of these words is found."""
        return self.with_number().filter(reduce(or_, map(in_number, words), Q(pk__in=())))

    def search(self, typed: str, member):
        """Every word is found in the number of the case, or in what the reader is shown of a person it may see."""
        names: list[str] = []
        numbers: list[str] = []
        for word in dict.fromkeys(words_of(typed)):
            (numbers if LIKE_A_NUMBER.fullmatch(word) else names).append(word)
        found, shares = self.with_number(), dict(Share.objects.open_to(member).values_list("pk", "youth"))
        if names:
            found = found.filter(about(names, member, shares))
        for word in numbers:
            found = found.filter(about([word], member, shares) | in_number(word))
        return found

    def open(self):
        return self.filter(status__in=sorted(OPEN))

    def to_answer(self):
        return self.filter(status=Status.SENT)

    def answerable(self):
        """Sent, and not expired, as `Referral.is_expired` says of one."""
        today = clock.midnight(clock.today()).astimezone(datetime.UTC)
        return self.to_answer().filter(sent_at__gte=today - EXPIRES_AFTER)

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
        related = ("youth", "sender", "recipient", "agreement", "offer")
        return self.select_related(*related).order_by("-created_at", "pk")

    def for_detail(self):
        return self.select_related(
            "youth", "sender", "recipient", "agreement", "offer__theme", "author__user", "share__youth"
        )


def about(words, member, shares) -> Q:
    """Those of the people in whom all the words are found: of the own structure, or in one of the open shares.

    `shares` are the young people's ids by the share's: of a million names, those alone are looked at.
    """
    own = Youth.objects.visible_to(member).search(" ".join(words))
    named = Youth.objects.filter(pk__among=shares.values())
    for word in words:
        named = named.filter(search_outside__contains=fits(word)[1])
    return Q(youth__in=own.values("pk")) | Q(share__among=shares, youth__in=named.values("pk"))


def in_number(word: str) -> Q:
    return Q(case_number__contains=word) if LIKE_A_NUMBER.fullmatch(word) else Q(pk__in=())
