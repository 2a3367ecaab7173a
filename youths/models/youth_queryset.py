from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat

from accounts.models import Event, Role
from common import clock
from common.text import fits, normalised, words_of
from youths.models.external_id import ExternalId
from youths.models.follow_up import SILENCE, FollowUp, TeamMember, heard_at
from youths.models.reminder import Reminder
from youths.models.share import Share

READING_FILES = {Role.COUNSELLOR, Role.DIRECTOR, Role.RECEPTION}


class YouthQuerySet(models.QuerySet):
    def visible_to(self, member):
        """The own structure's files. A partner has none: it reads the person inside a referral."""
        return self.filter(is_own_file(member)) if member.reads_as in READING_FILES else self.none()

    def open_to_staff(self, member):
        """The own structure's, for those who follow young people: reception reads identities alone."""
        return self.visible_to(member) if member.is_mission_locale_staff else self.none()

    def shown_with_contacts(self, member):
        """Those of which the member reads what the structure marks as shared: its own, and by an open share."""
        shares = Share.objects.open_to(member).filter(shows_accompaniments=True)
        if shares.query.is_empty():  # neither staff nor a partner's
            return self.open_to_staff(member)
        return self.open_to_staff(member) | self.filter(pk__in=shares.values("youth"))

    def erased_in(self, structure):
        return self.filter(organisation=structure, erased_at__isnull=False)

    def in_the_care_of(self, member):
        """Those whose team-only facts the person may read and change.

        The single referent and the members of the team; while there is no referent, who received them.
        """
        around = TeamMember.objects.filter(member=member, ends_on=None).values("youth")
        received = Event.objects.filter(subject_id=OuterRef("pk"), verb="created", by=member)
        theirs = Exists(open_follow_ups().filter(referent=member)) | Q(pk__in=around)
        return self.open_to_staff(member).filter(theirs | (~Exists(open_follow_ups()) & Exists(received)))

    def followed_by(self, member):
        """Those whose single referent is this person: the caseload."""
        return self.filter(follow_ups__closed_at=None, follow_ups__referent=member)

    def waiting(self):
        """Received and never followed yet: the queue. Those whose follow-up ended do not wait."""
        return self.filter(waits=True)

    def silent(self):
        """Without news for thirty days, as `FollowUpQuerySet.silent` says: asked of the file that is listed."""
        followed = FilteredRelation("follow_ups", condition=Q(follow_ups__closed_at=None))
        heard = self.alias(followed=followed).alias(heard_at=heard_at("followed__"))
        return heard.filter(heard_at__lt=clock.now() - SILENCE)

    def with_referent(self):
        """Annotates `follow_up_id`, the referent's names and the follow-up's moments, all None without one."""
        # A constraint lets one follow-up be open at most, so the join repeats no row.
        current = FilteredRelation("follow_ups", condition=Q(follow_ups__closed_at=None))
        return self.annotate(current=current).annotate(
            follow_up_id=F("current__pk"),
            referent_user_id=F("current__referent__user"),
            referent_first_name=F("current__referent__user__first_name"),
            referent_last_name=F("current__referent__user__last_name"),
            opened_at=F("current__opened_at"),
            last_contact_at=F("current__last_contact_at"),
            last_news=heard_at("current__"),  # what a caseload is sorted by
        )

    def with_next_step(self, reader):
        """Annotates `next_step` and `next_on`, the earliest open reminder that the reader may see."""
        reminders = Reminder.objects.visible_to(reader).open().filter(youth=OuterRef("pk")).for_list()
        return self.annotate(
            next_step=Subquery(reminders.values("what")[:1]),
            next_on=Subquery(reminders.values("due_on")[:1]),
        )

    def concerned_by(self, rows):
        """Those whom some of these rows are about, e.g. `Reminder.objects.visible_to(member).late()`."""
        return self.filter(pk__in=rows.values("youth"))

    def reachable_by(self, member, *, to_note=False):
        """The own structure's, and those referred with a share open now; `to_note`: one that takes notes, too."""
        if member.reads_as == Role.RECEPTION:
            return self.none()
        shares = Share.objects.open_to(member)
        shared = shares.filter(takes_notes=True) if to_note else shares
        return self.filter(is_own_file(member) | Q(pk__in=shared.values("youth")))

    def showing_contacts_to(self, member):
        """Annotates `shows_contacts`: whether an open share lets this outsider read what the structure shares."""
        shares = Share.objects.open_to(member).filter(shows_accompaniments=True, youth=OuterRef("pk"))
        return self.annotate(shows_contacts=Exists(shares))

    def search(self, typed: str, or_else=lambda word: Q()):
        """Every word typed is found in the names or the telephone number, or else; then ordered by `best_first`."""
        at_all = Q()
        for word in dict.fromkeys(words_of(typed)):
            at_all &= Q(found_by__contains=fits(word)[1]) | or_else(word)
        return self.filter(at_all).ranked(typed)

    def ranked(self, typed: str):
        """Annotates `rank`: 0 where every word fits best, 1 where one only fits."""
        best = Q()
        for word in dict.fromkeys(words_of(typed)):
            best &= Q(found_by__contains=fits(word)[0])
        return self.annotate(rank=Case(When(best, then=0), default=1)) if best else self

    @property
    def best_first(self) -> tuple[str, ...]:
        """The order of a list: what was searched for by its rank, then by name."""
        by_name = ("search", "pk")
        return ("rank", *by_name) if "rank" in self.query.annotations else by_name

    def resembling(self, *, first_name, last_name, birth_date=None):
        """Possible duplicates: the same names, or the same family name born the same day."""
        same_names = Q(search=normalised(last_name, first_name))
        if birth_date:
            same_names |= Q(search__startswith=normalised(last_name) + " ", birth_date=birth_date)
        return self.filter(same_names)

    def for_list(self, reader):
        """Everything one row prints, in one query, by name."""
        return self.with_referent().with_next_step(reader).order_by("search", "pk")

    def with_external_id(self):
        """Annotates `external`, what another system calls the person first, None without one."""
        named = Concat("system", Value(":"), "value")
        ids = ExternalId.objects.filter(youth=OuterRef("pk")).order_by("system", "value")
        return self.annotate(external=Subquery(ids.values(named=named)[:1]))

    def most_pressing(self, reader, number: int):
        """The first of the reader's caseload by what is to be done next, then those for whom nothing is planned.

        They are found before anything is joined to them, and without their structure, whose files the
        planner would look through instead of the caseload's.
        """
        order = (F("next_on").asc(nulls_last=True), "search", "pk")
        caseload = self.model.objects.followed_by(reader).filter(erased_at=None)
        first = caseload.with_next_step(reader).order_by(*order)[:number]
        return self.filter(pk__in=first.values("pk")).for_list(reader).order_by(*order)


def is_own_file(member, path="") -> Q:
    """Condition on a file that the member's structure may read, or on a row whose `path` leads to one."""
    if member.reads_as in READING_FILES:
        return Q(**{f"{path}organisation": member.organisation_id, f"{path}erased_at": None})
    return Q(pk__in=[])


def open_follow_ups():
    return FollowUp.objects.open().filter(youth=OuterRef("pk"))
