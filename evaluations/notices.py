"""Who is told what about evaluations and their PDFs. Data only; `exchange/deliveries` reads it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from evaluations import deadlines
from exchange.deliveries.table import ByAct, ByDate, Matter, Way

TOPIC = _("Evaluations")
DUE: dict[str, Any] = {
    "matter": Matter(
        name="evaluation_due",
        topic=TOPIC,
        label=_("A yearly evaluation is due in 60 and in 30 days, and each week while it is due"),
        roles=frozenset({Role.DIRECTOR}),
        default=Way.DIGEST,
    ),
    "subject": "partnerships.agreement",
    "opens": "desk:agreement_page",
    "whom": deadlines.who_opens_it,
}
MADE: dict[str, Any] = {
    "matter": Matter(
        name="report",
        topic=TOPIC,
        label=_("A PDF that you asked for is ready, or could not be made"),
        roles=frozenset({Role.DIRECTOR, Role.LEAD}),
        default=Way.SCREEN,
    ),
    "subject": "evaluations.report",
    "opens": "evaluations:report_detail",
    "whom": lambda event, report: [report.asked_by_id],
}

NOTICES = (
    ByDate(
        kind="evaluation_due_in_60_days",
        due=deadlines.coming(60, but_not=30),
        sentence=_("The yearly evaluation of an agreement is due within 60 days."),
        **DUE,
    ),
    ByDate(
        kind="evaluation_due_in_30_days",
        due=deadlines.coming(30),
        sentence=_("The yearly evaluation of an agreement is due within 30 days."),
        **DUE,
    ),
    ByDate(
        kind="evaluation_overdue",
        due=deadlines.overdue,
        sentence=_("The yearly evaluation of an agreement is due, and nobody has opened it."),
        **DUE,
    ),
    ByAct(
        kind="report_ready",
        verb="report_ready",
        sentence=_("The PDF of an evaluation is ready."),
        **MADE,
    ),
    ByAct(
        kind="report_failed",
        verb="report_failed",
        sentence=_("The PDF of an evaluation could not be made."),
        **MADE,
    ),
)
