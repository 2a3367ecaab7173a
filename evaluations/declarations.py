"""What the tables of evaluations say of themselves."""

from accounts.declared import Kept, Not, Record

NO_PERSON = Not("it counts people and names none")

DECLARED = {
    "Evaluation": Record(
        kept=Kept.AGREEMENT,
        api="evaluations",
        exported="evaluations:evaluation_export",
        timeline=NO_PERSON,
    ),
    "Report": Record(
        kept=Kept.AGREEMENT,
        api="reports",
        exported=Not("it is a file itself"),
        timeline=NO_PERSON,
    ),
}
