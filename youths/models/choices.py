"""The words of a young person's file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Gender(TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Other")


class Channel(TextChoices):
    CALL = "call", _("Call")
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")
    RELATIVE = "relative", _("Through a relative")


class Schooling(TextChoices):
    """French levels of qualification, numbered as the national framework does since 2019."""

    NONE = "none", _("No qualification")
    LEVEL_3 = "level_3", _("CAP, BEP (level 3)")
    LEVEL_4 = "level_4", _("Baccalauréat (level 4)")
    LEVEL_5 = "level_5", _("Two years after the baccalauréat (level 5)")
    HIGHER = "higher", _("Licence and above (level 6 and more)")


class Situation(TextChoices):
    SEEKING = "seeking", _("Seeking work")
    WORK = "work", _("In work")
    TRAINING = "training", _("In training")
    SCHOOL = "school", _("At school")
    DROPPING = "dropping", _("Dropping out of school")
    NEITHER = "neither", _("Neither in work nor in training")


class Housing(TextChoices):
    FAMILY = "family", _("With family")
    OWN = "own", _("Own home")
    HOSTEL = "hostel", _("Hostel")
    HOSTED = "hosted", _("Put up by others")
    NONE = "none", _("Without a home")


class FirstMet(TextChoices):
    DESK = "desk", _("At the desk")
    OUTREACH = "outreach", _("On an outreach action")
    DROPOUT = "dropout", _("Through the school drop-out platform")
    PARTNER = "partner", _("Through a partner")
    RELATIVE = "relative", _("Through a relative")


class ContactKind(TextChoices):
    CALL = "call", _("Call")
    INTERVIEW = "interview", _("Interview")
    MESSAGE = "message", _("Text message or e-mail")
    WORKSHOP = "workshop", _("Workshop")
    VISIT = "visit", _("Visit")
    STEP = "step", _("Step taken together")


class Place(TextChoices):
    STRUCTURE = "structure", _("At the structure")
    OUTREACH = "outreach", _("Outreach")
    PARTNER = "partner", _("At a partner’s")
    EMPLOYER = "employer", _("At an employer’s")
    HOME = "home", _("At home")
    REMOTE = "remote", _("Remote")


class Audience(TextChoices):
    """Who reads a note. The first three are the structure's to choose; the last is every partner's, by itself."""

    TEAM = "team", _("The team only")
    STRUCTURE = "structure", _("The whole structure")
    SHARED = "shared", _("Shared with the partners of the young person")
    PARTNER = "partner", _("The structure and the partner who noted it")


OF_THE_STRUCTURE = [Audience.TEAM, Audience.STRUCTURE, Audience.SHARED]


class Paper(TextChoices):
    """Kinds of documents on a file. None for health, religion or offences: they have no place here."""

    CV = "cv", _("CV or cover letter")
    DIPLOMA = "diploma", _("Diploma or certificate")
    IDENTITY = "identity", _("Proof of identity")
    COMMITMENT = "commitment", _("Signed commitment")
    CONTRACT = "contract", _("Contract or payslip")
    OTHER = "other", _("Other")
