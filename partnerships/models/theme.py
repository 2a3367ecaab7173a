from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership


class Theme(models.Model):
    """What an agreement, an offer or a contact is about: orientation, apprenticeship, mobility..."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("theme")
        ordering = ["name"]

    def __str__(self):
        return self.name


class ThemeReferent(models.Model):
    """Who answers for a theme on one side of an agreement."""

    agreement = models.ForeignKey(
        "partnerships.Agreement", on_delete=models.PROTECT, related_name="theme_referents", db_index=False
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("referent"), db_index=False
    )

    class Meta:
        verbose_name = _("referent of a theme")
        ordering = ["theme__name", "pk"]
        constraints = [
            models.UniqueConstraint(name="theme_referent_once", fields=["agreement", "theme", "member"])
        ]

    def __str__(self):
        return f"{self.theme}: {self.member}"
