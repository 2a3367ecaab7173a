from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Organisation, Role
from accounts.prepared import ForReader
from common import clock
from common.filters import EARLIEST, LATEST
from partnerships.models.choices import AgreementKind
from partnerships.models.party import Adhesion, Party
from partnerships.workflow import Status

IN_FORCE_ONCE_SIGNED = [Status.SIGNED, Status.CLOSED_EARLY]
ENDING_WITHIN = 6  # months


# They act for their organisation; the others read.
ACTING = {Role.DIRECTOR, Role.LEAD, Role.NETWORK}


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Where the own organisation is covered, and those above; drafts only to who leads them."""
        if member.reads_as not in READERS:
            return self.none()
        return self.filter(pk__in=visible_agreements.ids(member))

    def binding(self, member):
        """Those that cover the member's own organisation, not those above or below them."""
        return self.visible_to(member).covering(member.organisation_id)

    def acted_on_by(self, member):
        """Those of which the member's organisation is a party itself, and for which the member acts."""
        parties = Party.objects.filter(organisation=member.organisation_id).order_by()
        acting = self.visible_to(member) if member.reads_as in ACTING else self.none()
        return acting.filter(pk__in=parties.values("agreement"))

    def covering(self, organisation, *, on=None):
        """Agreements to which the organisation is a party, itself or through its network by a dated adhesion."""
        itself = Party.objects.filter(organisation=organisation).order_by().values("agreement")
        joined = Adhesion.objects.on(on or clock.today()).filter(organisation=organisation).order_by()
        return self.filter(pk__in=itself.union(joined.values("party__agreement"), all=True))

    def covering_at(self, organisation, site, *, on=None):
        """Those that cover the organisation at one of its sites: a party lists the site, or none and so all.

        Of someone who belongs to no site nobody can tell that the sites listed are theirs: only all sites will do.
        An adhesion is the whole organisation's.
        """
        itself = Party.objects.filter(
            Q(sites=None) | Q(sites=site), agreement=OuterRef("pk"), organisation=organisation
        )
        joined = Adhesion.objects.on(on or clock.today()).filter(
            party__agreement=OuterRef("pk"), organisation=organisation
        )
        return self.filter(Exists(itself) | Exists(joined))

    def linking(self, structure, partner, *, site, on=None):
        """Agreements that cover both organisations; the site is the structure's, where the young person goes."""
        return self.covering_at(structure, site, on=on).covering(partner, on=on)

    def in_force(self, on=None):
        """Signed, begun, and neither expired nor ended early on that day (today by default)."""
        return self.filter(is_in_force(on))

    def ending(self, on=None):
        """In force on that day, and no longer six months later."""
        return self.filter(is_ending(on))

    def over(self, on=None):
        """Expired or ended early on that day."""
        return self.filter(is_over(on))

    def upholding(self, on=None):
        """In force, or ended early while the files that were open run off."""
        on = on or clock.today()
        return self.in_force(on) | self.filter(run_off_until__gte=on, starts_on__lte=on)

    def interim(self):
        return self.filter(kind=AgreementKind.INTERIM)

    def for_list(self):
        """What a row prints, by title."""
        return (
            self.select_related("lead_organisation", "implements")
            .prefetch_related("parties__organisation")
            .order_by("title", "pk")
        )

    def with_an_end(self):
        """Annotates the last day to order by; one that has none yet comes last, whichever way."""
        return self.annotate(
            ends_first=Coalesce("ends_on", LATEST, output_field=models.DateField()),
            ends_last=Coalesce("ends_on", EARLIEST, output_field=models.DateField()),
        )

    def for_detail(self):
        return self.select_related("lead_organisation").prefetch_related(
            "parties__organisation",
            "parties__contact__user",
            "parties__sites",
            "parties__signatories",
            "practices",
            "theme_referents__theme",
            "theme_referents__member__user",
            "theme_referents__member__organisation",
        )


# Who reads which, prepared: most pages ask for it.

READERS = {Role.COUNSELLOR, Role.DIRECTOR, Role.AGENT, Role.LEAD, Role.NETWORK}


@ForReader
def visible_agreements(member) -> QuerySet:
    agreements = Party._meta.get_field("agreement").related_model.objects
    if member.reads_as == Role.NETWORK:
        tree = Organisation.objects.within(member.organisation_id).values("pk")
        found = Q(Exists(Party.objects.filter(agreement=OuterRef("pk"), organisation__in=tree)))
    else:
        covered = agreements.covering(member.organisation_id).values("pk")
        one_up = agreements.filter(pk__in=covered).values("implements")
        two_up = agreements.filter(pk__in=one_up).values("implements")
        found = Q(pk__in=covered.union(one_up, two_up, all=True))
    return agreements.filter(found, ~Q(status=Status.DRAFT) | Q(lead_organisation=member.organisation_id))


# Conditions on an agreement, for lists that filter and counters that count. Today is the day by default.


def was_ended(on) -> Q:
    return Q(closed_on__isnull=False, closed_on__lte=on)


def is_in_force(on=None) -> Q:
    on = on or clock.today()
    return Q(status__in=IN_FORCE_ONCE_SIGNED, starts_on__lte=on, ends_on__gte=on) & ~was_ended(on)


def is_ending(on=None) -> Q:
    on = on or clock.today()
    limit = clock.months_after(on, ENDING_WITHIN)
    return is_in_force(on) & (Q(ends_on__lte=limit) | Q(closed_on__lte=limit))


def is_over(on=None) -> Q:
    on = on or clock.today()
    return Q(status__in=IN_FORCE_ONCE_SIGNED) & (Q(ends_on__lt=on) | was_ended(on))
