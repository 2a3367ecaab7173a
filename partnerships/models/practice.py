from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import events
from partnerships.models.choices import FieldOfAction


class Practice(models.Model):
    """A shared way of working: what a charter is made of. Adjusted when the evaluation shows that it does not work."""

    class State(models.TextChoices):
        APPLIED = "applied", _("Applied")
        PARTLY = "partly", _("Partly applied")
        NOT_APPLIED = "not_applied", _("Not applied")

    agreement = models.ForeignKey(
        "partnerships.Agreement", on_delete=models.PROTECT, related_name="practices"
    )
    field = models.CharField(_("field of action"), max_length=10, choices=FieldOfAction)
    how = models.TextField(_("how"))
    who = models.CharField(_("who"), max_length=200)
    state = models.CharField(_("state"), max_length=11, choices=State, blank=True)
    adjustment = models.TextField(_("adjustment"), blank=True)

    class Meta:
        verbose_name = _("practice")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="practice_adjusted_once_assessed", condition=~Q(state="") | Q(adjustment="")
            ),
        ]

    def __str__(self):
        return self.how

    def assess(self, state, adjustment="", *, by):
        """Say how far the practice is applied, and what changes if it is not."""
        with transaction.atomic():
            type(self).objects.filter(pk=self.pk).update(state=state, adjustment=adjustment)
            type(self.agreement).bump(self.agreement_id)
            events.record(
                "practice_assessed",
                self.agreement,
                by=by,
                before={"practice": self.pk, "state": self.state, "adjustment": self.adjustment},
                after={"practice": self.pk, "state": state, "adjustment": adjustment},
            )
        self.state, self.adjustment = state, adjustment
