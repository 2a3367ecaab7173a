"""How each person wants to be told of what; a row stands only where that is not the default."""

import uuid
from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from exchange.deliveries.table import Matter, Way, matters


class PreferenceQuerySet(models.QuerySet):
    def ways(self, members: Iterable) -> dict[tuple[uuid.UUID, str], str]:
        """What these people chose, by membership and matter; what is absent has its default."""
        rows = self.filter(member__in=list(members)).values_list("member", "matter", "way")
        return {(member, matter): way for member, matter, way in rows}

    @transaction.atomic
    def choose(self, member: Membership, ways: dict[str, str]) -> None:
        """Keep these ways, by the matter's name. What nobody chooses for themself stays as it is."""
        for matter in matters_of(member):
            way = ways.get(matter.name)
            if way is None or not matter.mutable:
                continue
            if way == matter.default:
                self.filter(member=member, matter=matter.name).delete()
            else:
                self.update_or_create(member=member, matter=matter.name, defaults={"way": way})


class Preference(models.Model):
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    matter = models.CharField(max_length=40)
    way = models.CharField(max_length=7, choices=Way)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of notices")
        constraints = [
            models.UniqueConstraint(name="preference_one_for_each_matter", fields=["member", "matter"])
        ]

    def __str__(self):
        return f"{self.matter}: {self.way}"


def matters_of(member: Membership) -> list[Matter]:
    """What can concern a person in this role."""
    return [matter for matter in matters().values() if member.role in matter.roles]


def way_of(matter: Matter, chosen: str | None) -> str:
    return chosen if chosen and matter.mutable else matter.default
