"""The words of agreements, and the terms that each kind has unless its text says otherwise."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgreementKind(TextChoices):
    CHARTER = "charter", _("Charter of good practice")
    FRAMEWORK = "framework", _("Framework agreement")
    CONVENTION = "convention", _("Partnership convention")
    INTERIM = "interim", _("Interim accord")


TERM_IN_MONTHS = {
    AgreementKind.CHARTER: 24,
    AgreementKind.FRAMEWORK: 36,
    AgreementKind.CONVENTION: 36,
    AgreementKind.INTERIM: 6,
}
LONGEST_INTERIM = TERM_IN_MONTHS[AgreementKind.INTERIM]


class FieldOfAction(TextChoices):
    """The four fields of the Marseille charter (FIELD: champs d'intervention)."""

    MOBILISING = "mobilising", _("Finding and mobilising young people")
    TRADES = "trades", _("Discovering trades and placement in work")
    ENTERPRISE = "enterprise", _("Starting a business")
    TRAINING = "training", _("Training")


class Phase(TextChoices):
    """What a reader wants to know: the stored status crossed with today's date."""

    DRAFT = "draft", _("Draft")
    CO_CONSTRUCTION = "co_construction", _("In co-construction")
    TO_SIGN = "to_sign", _("To be signed")
    NOT_YET = "not_yet", _("Signed, not yet in force")
    IN_FORCE = "in_force", _("In force")
    RENEWED = "renewed", _("Renewed tacitly")
    EXPIRED = "expired", _("Expired")
    ENDED = "ended", _("Ended early")


class Paper(TextChoices):
    """Kinds of documents that an agreement carries."""

    SIGNED = "signed", _("Signed text (scan)")
    ANNEX = "annex", _("Annex")
    MINUTES = "minutes", _("Minutes")
    OTHER = "other", _("Other")


class Readers(TextChoices):
    """Of a document on an agreement."""

    PARTIES = "parties", _("The organisations covered by the agreement")
