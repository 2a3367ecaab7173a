from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, Role
from common.records import Record

LONGEST_NAME = 60
MOST = 50  # of one list, for one person or shared in one organisation


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, member):
        """One's own, and those that are shared in the own organisation."""
        if member.role not in Role:
            return self.none()
        return self.beside(member, is_shared=False) | self.beside(member, is_shared=True)

    def beside(self, member, *, is_shared):
        """Among which a name is given once: the own ones, or those that the organisation shares."""
        if is_shared:
            return self.filter(organisation=member.organisation_id, is_shared=True)
        return self.filter(author=member.pk, is_shared=False)

    def for_list(self, member):
        """Those of a list, the own ones first; tells which of them this person opens it with."""
        chosen = DefaultView.objects.filter(
            member=member.pk, listing=OuterRef("listing"), view=OuterRef("pk")
        )
        return self.annotate(is_default=Exists(chosen)).order_by("is_shared", Lower("name"), "pk")


class SavedView(Record):
    """The filters of a list under a name. `filters` holds names of filters and values chosen, never words typed."""

    listing = models.CharField(max_length=30, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    author = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    is_shared = models.BooleanField(_("shared with my whole structure"), default=False)
    filters = models.JSONField(default=dict, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        constraints = [
            models.UniqueConstraint(
                "author",
                "listing",
                Lower("name"),
                name="savedview_named_once_by_its_author",
                condition=Q(is_shared=False),
            ),
            models.UniqueConstraint(
                "organisation",
                "listing",
                Lower("name"),
                name="savedview_named_once_where_shared",
                condition=Q(is_shared=True),
            ),
            models.CheckConstraint(name="savedview_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("exchange:saved_view_open", args=[self.pk])

    def is_changed_by(self, member) -> bool:
        """Its author, and for a shared one who runs the staff of the organisation."""
        if self.author_id == member.pk:
            return True
        return self.is_shared and self.organisation_id == member.organisation_id and bool(member.roles_run)


class DefaultView(models.Model):
    """With which view a person opens a list. A view that is no longer theirs to see opens nothing."""

    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", db_index=False)
    listing = models.CharField(max_length=30)
    view = models.ForeignKey(SavedView, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("view that a list is opened with")
        constraints = [
            models.UniqueConstraint(name="defaultview_one_for_each_list", fields=["member", "listing"])
        ]

    def __str__(self):
        return f"{self.listing} {self.member_id}"
