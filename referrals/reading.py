"""A referral as one reader sees it: in the words of its side, with the person or with the case alone."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Event, Membership, Organisation
from accounts.steps import steps_open_to
from common import clock
from common.text import words_of
from common.words import day_of, machine_moment, moment_words
from partnerships.models import Party, ThemeReferent
from referrals.models import Referral
from referrals.models.referral_queryset import LIKE_A_NUMBER
from referrals.workflow import ENDED, STEPS, Status
from youths.models import Accompaniment, PassedNote
from youths.models.accompaniment import KEPT_AFTER_CLOSING
from youths.models.choices import Audience

TONES = {
    Status.DRAFT: "mute",
    Status.SENT: "info",
    Status.ACCEPTED: "ok",
    Status.DECLINED: "bad",
    Status.UNDER_WAY: "ok",
    Status.COMPLETED: "violet",
    Status.STOPPED: "warn",
    Status.CANCELLED: "mute",
}
WHAT_HAPPENED = {
    "send": _("Referral sent"),
    "accept": _("Referral accepted"),
    "decline": _("Referral declined"),
    "start": _("Work with the young person begun"),
    "complete": _("Referral completed"),
    "stop": _("Referral stopped"),
    "cancel": _("Referral cancelled"),
}
PRIMARY = ["accept", "start", "complete"]
ENDING_BADLY = {"decline", "stop", "cancel"}


@dataclass(frozen=True)
class Reading:
    """Needs a referral that went through `for_reader(member)`; `typed` is what it was searched by."""

    referral: Referral
    member: Membership
    typed: str = ""

    @property
    def is_received(self) -> bool:
        return self.member.organisation_id == self.referral.recipient_id

    @property
    def other(self) -> Organisation:
        return self.referral.sender if self.is_received else self.referral.recipient

    @property
    def title(self) -> str:
        return str(self.referral.person or self.referral)

    @property
    def found_in(self) -> list[str]:
        """What the words were found in where a row prints it not; of a person, what its structure alone searches."""
        referral = self.referral
        if referral.person is None:
            return []
        is_own = referral.youth.organisation_id == self.member.organisation_id
        besides = referral.youth.found_in(self.typed) if is_own else []
        numbers = [word for word in words_of(self.typed) if LIKE_A_NUMBER.fullmatch(word)]
        is_numbered = any(word.upper() in referral.number for word in numbers)
        return [*besides, str(referral)] if is_numbered else besides

    @property
    def wording(self) -> str:
        if self.referral.is_expired:
            return str(_("Expired without an answer"))
        return str(self.referral.wording(self.member))

    @property
    def tone(self) -> str:
        return "mute" if self.referral.is_expired else TONES[Status(self.referral.status)]

    @property
    def is_late(self) -> bool:
        return self.referral.is_late and not self.referral.is_expired

    @property
    def has_lost_the_person(self) -> bool:
        """The case stays, the person is no longer shown to this reader."""
        return self.referral.person is None

    @cached_property
    def steps(self) -> list[dict]:
        """What the reader may do now, the usual way last: the place of a primary button."""
        names = (
            [] if self.referral.is_expired and self.is_received else steps_open_to(self.referral, self.member)
        )
        names.sort(key=lambda name: PRIMARY.index(name) if name in PRIMARY else -1)
        return [
            {
                "name": name,
                "label": STEPS[name].label,
                "style": "button-danger" if name in ENDING_BADLY else "button-primary",
            }
            for name in names
        ]

    @property
    def stepper(self) -> list[dict]:
        """From sending to the outcome; what ended a referral early stands in the place of what it prevented."""
        referral = self.referral
        label = referral.get_status_display()
        if referral.status == Status.CANCELLED:
            sent = [_step(Status.SENT.label, "done", referral.sent_at)] if referral.sent_at else []
            return [*sent, _step(label, "stopped", referral.updated_at)]
        steps = [_step(Status.SENT.label, "done", referral.sent_at)]
        if referral.status == Status.DECLINED:
            return [*steps, _step(label, "stopped", referral.answered_at)]
        if referral.status in {Status.DRAFT, Status.SENT}:
            steps[0]["state"] = "current"
        accepted = "next" if not referral.answered_at else "done"
        steps.append(_step(Status.ACCEPTED.label, accepted, referral.answered_at))
        if referral.status == Status.STOPPED:
            return [*steps, _step(label, "stopped", referral.ended_at)]
        under_way = {Status.UNDER_WAY: "current", Status.COMPLETED: "done"}.get(
            Status(referral.status), "next"
        )
        if referral.status == Status.ACCEPTED:
            steps[1]["state"] = "current"
        ended = "current" if referral.status in ENDED else "next"
        return [
            *steps,
            _step(Status.UNDER_WAY.label, under_way, None),
            _step(Status.COMPLETED.label, ended, referral.ended_at),
        ]

    @cached_property
    def history(self) -> list[dict]:
        """What was done with this referral, the latest first."""
        events = Event.objects.filter(subject_id=self.referral.pk, verb__in=list(WHAT_HAPPENED))
        return [
            {
                "title": WHAT_HAPPENED[event.verb],
                "moment": moment_words(event.moment),
                "datetime": machine_moment(event.moment),
                "text": _("%(person)s, %(organisation)s")
                % {"person": event.by, "organisation": event.organisation},
            }
            for event in events.select_related("by__user", "organisation").order_by("-moment", "pk")
        ]

    @cached_property
    def contact(self) -> Membership | None:
        """Whom to call on the other side: the young person's referent, or the partner's for this agreement."""
        return self._at_the_sender() if self.is_received else self._at_the_partner()

    def _at_the_sender(self) -> Membership:
        follow_up = self.referral.youth.follow_up if self.referral.person else None
        return follow_up.referent if follow_up else self.referral.author

    def _at_the_partner(self) -> Membership | None:
        if self.referral.agreement_id is None:
            return None
        here = {"agreement": self.referral.agreement_id}
        if self.referral.offer:
            of_the_theme = ThemeReferent.objects.filter(
                **here, theme=self.referral.offer.theme_id, member__organisation=self.referral.recipient_id
            )
            found = of_the_theme.select_related("member__user").first()
            if found:
                return found.member
        party = Party.objects.filter(**here, organisation=self.referral.recipient_id)
        single = party.select_related("contact__user").first()
        return single.contact if single else None

    @cached_property
    def own_acts_until(self) -> datetime.date | None:
        """Once the access is closed: the last day on which the partner still reads what it wrote itself."""
        share = self.referral.share
        if not (self.is_received and self.has_lost_the_person and share and share.closed_at):
            return None
        if self.referral.youth.opposed_at or self.referral.youth.erased_at:
            return None
        closed_on = share.closed_at.astimezone(clock.PARIS).date()
        until = clock.months_after(closed_on, KEPT_AFTER_CLOSING)
        return until if clock.today() <= until else None

    @property
    def contacts(self) -> list["Contact"]:
        return [Contact(noted, signature=signature(noted, self.member)) for noted in self._accompaniments()]

    def _accompaniments(self):
        """What the partner noted, and what the share lets it read besides; its own alone once it is closed."""
        youth = self.referral.youth_id
        noted = Accompaniment.objects.visible_to(self.member, youth=youth).filter(youths=youth)
        if self.own_acts_until:
            return noted.filter(
                organisation=self.member.organisation_id,
                created_at__range=(self.referral.sent_at, self.referral.share.closed_at),
            ).for_list()
        if self.has_lost_the_person or self.referral.share is None:
            return Accompaniment.objects.none()
        if not self.is_received:
            return noted.filter(organisation=self.referral.recipient_id).for_list()
        passed_on = PassedNote.objects.filter(share=self.referral.share).values("accompaniment")
        read_here = Q(organisation=self.member.organisation_id) | Q(pk__in=passed_on)
        if self.referral.shows_accompaniments:
            read_here |= Q(audience=Audience.SHARED)
        return noted.filter(read_here).for_list()

    @property
    def may_log(self) -> bool:
        """The partner notes its contacts from its yes to the outcome."""
        return self.is_received and self.referral.person is not None and self.referral.share.takes_notes


@dataclass(frozen=True)
class Contact:
    """One accompaniment, and who says it, as this reader is told."""

    accompaniment: Accompaniment
    signature: str


def signature(accompaniment, member) -> str:
    if accompaniment.is_signed_for(member):
        return f"{accompaniment.author}, {accompaniment.organisation}"
    return str(_("A partner, passed on by %(structure)s") % {"structure": accompaniment.structure})


def _step(label, state, moment) -> dict:
    return {"label": label, "state": state, "detail": day_of(moment)}
