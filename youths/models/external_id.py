from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation


class ExternalId(models.Model):
    """What another system of the structure calls a young person: an import run again finds the same file by it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    youth = models.ForeignKey("youths.Youth", on_delete=models.PROTECT, related_name="+", db_index=False)
    system = models.CharField(_("system"), max_length=60)
    value = models.CharField(_("identifier"), max_length=120)

    class Meta:
        verbose_name = _("identifier in another system")
        indexes = [models.Index(fields=["youth", "system", "value"], name="external_ids_of_a_youth")]
        constraints = [
            models.UniqueConstraint(
                name="external_id_once_in_a_structure", fields=["organisation", "system", "value"]
            ),
            models.CheckConstraint(name="external_id_names_both", condition=~Q(system="") & ~Q(value="")),
        ]

    def __str__(self):
        return f"{self.system}:{self.value}"
