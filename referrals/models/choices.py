"""The words of a referral."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Urgency(TextChoices):
    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")


class Informed(TextChoices):
    """How the young person was told what is shared, with whom and why."""

    TOGETHER = "together", _("Told and agreed, face to face")
    CALL = "call", _("Told and agreed, on the phone")
    WRITTEN = "written", _("Agreed in writing")


class Paper(TextChoices):
    """Kinds of documents that travel with a referral."""

    CV = "cv", _("CV or cover letter")
    DIPLOMA = "diploma", _("Diploma or certificate")
    REPORT = "report", _("Report on what was done")
    CONTRACT = "contract", _("Contract or payslip")
    OTHER = "other", _("Other")


class Readers(TextChoices):
    """Of a document on a referral."""

    BOTH = "both", _("Both sides, while the access is open")


class DeclineReason(TextChoices):
    NO_PLACE = "no_place", _("No place left")
    NOT_THE_PUBLIC = "not_the_public", _("Not the people we work with")
    TOO_FAR = "too_far", _("Too far away")
    UNREACHABLE = "unreachable", _("The young person could not be reached")
    REFUSED = "refused", _("The young person did not want it")
    OTHER = "other", _("Other reason")


class Outcome(TextChoices):
    WORK = "work", _("In work")
    APPRENTICESHIP = "apprenticeship", _("In apprenticeship")
    TRAINING = "training", _("In training")
    ENTERPRISE = "enterprise", _("Business started")
    STEP_DONE = "step_done", _("The step planned was taken")
    DROPPED = "dropped", _("The young person left before the end")
    REDIRECTED = "redirected", _("Referred elsewhere")


POSITIVE_OUTCOMES = [
    Outcome.WORK,
    Outcome.APPRENTICESHIP,
    Outcome.TRAINING,
    Outcome.ENTERPRISE,
    Outcome.STEP_DONE,
]
