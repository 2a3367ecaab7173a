"""Where an agreement stands, in the words and shapes that lists and pages draw."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import clock
from partnerships.models import Agreement, Phase
from partnerships.workflow import Status

TONES = {
    Phase.DRAFT: "mute",
    Phase.CO_CONSTRUCTION: "info",
    Phase.TO_SIGN: "warn",
    Phase.NOT_YET: "info",
    Phase.IN_FORCE: "ok",
    Phase.RENEWED: "ok",
    Phase.EXPIRED: "mute",
    Phase.ENDED: "bad",
}
NEXT = {
    Phase.DRAFT: gettext_lazy("Open the draft to the parties"),
    Phase.CO_CONSTRUCTION: gettext_lazy("Agree on the text, then submit it for signature"),
    Phase.EXPIRED: gettext_lazy("Renew it, or leave it at that"),
    Phase.ENDED: gettext_lazy("Nothing more"),
}
BEFORE_FORCE = [Status.DRAFT, Status.CO_CONSTRUCTION, Status.TO_SIGN]


@dataclass(frozen=True)
class LifeCycle:
    """Needs an agreement with its parties and signatories loaded."""

    agreement: Agreement

    @property
    def phase(self) -> Phase:
        return self.agreement.phase()

    @property
    def label(self):
        return self.phase.label

    @property
    def tone(self) -> str:
        return TONES[self.phase]

    @property
    def parties(self) -> str:
        return ", ".join(party.organisation.name for party in self.agreement.parties.all())

    @property
    def signatories(self) -> list:
        found = [s for party in self.agreement.parties.all() for s in party.signatories.all()]
        return sorted(found, key=lambda signatory: (signatory.order, signatory.pk))

    @property
    def signatures(self) -> str:
        """How many of how many have signed."""
        signed = sum(1 for signatory in self.signatories if signatory.signed_on)
        words = ngettext("%(signed)s of %(all)s signatures", "%(signed)s of %(all)s signatures", signed)
        return words % {"signed": signed, "all": len(self.signatories)}

    @property
    def next_step(self):
        if self.phase in NEXT:
            return NEXT[self.phase]
        if self.phase == Phase.TO_SIGN:
            return self.signatures
        if self.phase == Phase.NOT_YET:
            return _("In force on %(day)s") % {"day": short(self.agreement.starts_on)}
        due = self.evaluation_due
        return (
            _("Evaluation due on %(day)s") % {"day": short(due)}
            if due
            else _("Ends on %(day)s") % {"day": short(self.end)}
        )

    @property
    def evaluation_due(self):
        """The next day on which a yearly evaluation falls due; None when the agreement ends before."""
        due = clock.months_after(self.agreement.starts_on, self.agreement.evaluation_month)
        while due <= clock.today():
            due = clock.months_after(due, 12)
        return due if due <= self.end else None

    @property
    def end(self):
        """Last day in force, an early end included."""
        if self.agreement.closed_on:
            return self.agreement.closed_on - clock.ONE_DAY
        return self.agreement.ends_on

    @property
    def elapsed(self) -> int | None:
        """How far the term has run, 0 to 100; None before it has dates."""
        if not self.agreement.ends_on:
            return None
        length = (self.end - self.agreement.starts_on).days + 1
        run = (clock.today() - self.agreement.starts_on).days
        return min(max(round(100 * run / max(length, 1)), 0), 100)

    @property
    def stepper(self) -> list[dict]:
        """From draft to the end; dates where there are any."""
        agreement, reached = self.agreement, Status(self.agreement.status)
        if reached in BEFORE_FORCE:
            place = BEFORE_FORCE.index(reached)
            states = ["done" if i < place else "current" if i == place else "next" for i in range(3)]
        else:
            states = ["done"] * 3
        steps = [
            {"label": status.label, "state": state, "detail": ""}
            for status, state in zip(BEFORE_FORCE, states, strict=True)
        ]
        if reached in BEFORE_FORCE:
            steps[2]["detail"] = self.signatures if self.signatories else ""
            return [*steps, {"label": Phase.IN_FORCE.label, "state": "next", "detail": ""}]
        steps[2]["detail"] = short(agreement.signed_on)
        return [*steps, *self._in_force()]

    def _in_force(self) -> list[dict]:
        phase, since = self.phase, short(self.agreement.starts_on)
        if phase == Phase.NOT_YET:
            return [{"label": Phase.NOT_YET.label, "state": "current", "detail": since}]
        if phase in {Phase.IN_FORCE, Phase.RENEWED}:
            ending = _("End") if self.agreement.status == Status.SIGNED else Phase.ENDED.label
            return [
                {"label": phase.label, "state": "current", "detail": since},
                {"label": ending, "state": "next", "detail": short(self.end)},
            ]
        over = "stopped" if phase == Phase.ENDED else "current"
        return [
            {"label": Phase.IN_FORCE.label, "state": "done", "detail": since},
            {"label": phase.label, "state": over, "detail": short(self.end)},
        ]


def short(day) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
