"""What the tables of agreements say of themselves."""

from accounts.declared import Kept, Not, Part, Record, Unseen

NO_PERSON = Not("it tells of no young person")

DECLARED = {
    "Agreement": Record(
        kept=Kept.AGREEMENT,
        api="agreements",
        exported="partnerships:agreement_export",
        timeline=NO_PERSON,
    ),
    **dict.fromkeys(
        ("Party", "Adhesion", "Signatory", "ThemeReferent", "Practice"), Part(of="partnerships.Agreement")
    ),
    "ServiceOffer": Record(
        kept=Kept.ORGANISATION,
        api="service-offers",
        exported=Not("read on the agreement's page"),
        timeline=NO_PERSON,
    ),
    "Theme": Unseen(Kept.AGREEMENT, "words that all records share"),
}
