from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Organisation, Role
from common import clock
from partnerships.models.choices import AgreementKind
from partnerships.models.party import Adhesion, Party
from partnerships.workflow import Status

IN_FORCE_ONCE_SIGNED = [Status.SIGNED, Status.CLOSED_EARLY]
ENDING_WITHIN = 6  # months


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Where the own organisation is covered, and those above; drafts only to who leads them."""
        match member.reads_as:
            case Role.COUNSELLOR | Role.DIRECTOR | Role.AGENT | Role.LEAD:
                covered = self.model.objects.covering(member.organisation_id).values("pk")
                one_up = self.model.objects.filter(pk__in=covered).values("implements")
                two_up = self.model.objects.filter(pk__in=one_up).values("implements")
                found = self.filter(Q(pk__in=covered) | Q(pk__in=one_up) | Q(pk__in=two_up))
            case Role.NETWORK:
                tree = Organisation.objects.within(member.organisation_id).values("pk")
                found = self.filter(
                    Exists(Party.objects.filter(agreement=OuterRef("pk"), organisation__in=tree))
                )
            case _:
                return self.none()
        return found.filter(~Q(status=Status.DRAFT) | Q(lead_organisation=member.organisation_id))

    def covering(self, organisation, *, site=None, on=None):
        """Agreements to which the organisation is a party, itself or through its network by a dated adhesion.

        With a site, only parties that cover it: those that list it, or list none and so cover all.
        """
        on = on or clock.today()
        itself = Party.objects.filter(agreement=OuterRef("pk"), organisation=organisation)
        if site:
            itself = itself.filter(Q(sites=None) | Q(sites=site))
        adhesion = Adhesion.objects.on(on).filter(party__agreement=OuterRef("pk"), organisation=organisation)
        return self.filter(Exists(itself) | Exists(adhesion))

    def linking(self, sender, recipient, *, site=None, on=None):
        """Agreements that cover both organisations; the site is the Mission Locale's."""
        return self.covering(sender, site=site, on=on).covering(recipient, on=on)

    def in_force(self, on=None):
        """Signed, begun, and neither expired nor ended early on that day (today by default)."""
        return self.filter(is_in_force(on))

    def ending(self, on=None):
        """In force on that day, and no longer six months later."""
        return self.filter(is_ending(on))

    def over(self, on=None):
        """Expired or ended early on that day."""
        return self.filter(is_over(on))

    def grounding_shares(self, organisation, on=None):
        """Agreements under which an organisation may still read data.

        They cover it and are in force, were succeeded by one that does and is, or run off.
        """
        on = on or clock.today()
        binding = self.model.objects.in_force(on).covering(organisation, on=on)
        succeeded = Exists(binding.filter(succeeds=OuterRef("pk")))
        running_off = Q(run_off_until__isnull=False, run_off_until__gte=on, starts_on__lte=on)
        return self.filter(Q(pk__in=binding.values("pk")) | running_off | succeeded)

    def interim(self):
        return self.filter(kind=AgreementKind.INTERIM)

    def for_list(self):
        """What a row prints, by title."""
        return (
            self.select_related("lead_organisation", "implements")
            .prefetch_related("parties__organisation")
            .order_by("title", "pk")
        )

    def for_detail(self):
        return self.select_related("lead_organisation", "implements", "succeeds").prefetch_related(
            "parties__organisation",
            "parties__contact__user",
            "parties__sites",
            "parties__signatories",
            "practices",
            "theme_referents__theme",
            "theme_referents__member__user",
            "theme_referents__member__organisation",
        )


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
