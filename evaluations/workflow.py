"""Who may move an evaluation from where to where. Data only: no queries, no side effects."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.steps import Step


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Side(TextChoices):
    DIRECTION = "direction", _("Direction of the Mission Locale or of the lead organisation")


STEPS = {
    "publish": Step(
        frozenset({Status.DRAFT}),
        Status.PUBLISHED,
        Side.DIRECTION,
        label=_("Publish"),
        done=_("The evaluation is published: the networks of the parties can read it too."),
    ),
}
