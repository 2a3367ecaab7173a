"""Rows that the database accepts. Say only what the test is about."""

import datetime
import itertools

import factory
from factory.django import DjangoModelFactory

from accounts.models import Kind, Membership, Organisation, Role, Site, User
from common import clock
from evaluations.models import Evaluation, Report
from partnerships.models import Agreement, AgreementKind, Party, ServiceOffer, Signatory, Theme
from partnerships.models.agreement import last_day
from partnerships.workflow import Status as AgreementStatus
from referrals.models import DeclineReason, Informed, Outcome, Referral
from referrals.workflow import ANSWERED, ENDED, SHARING
from referrals.workflow import Status as ReferralStatus
from youths.actions import remind_of
from youths.models import Accompaniment, FollowUp, ReferentAssignment, Share, Youth
from youths.models.choices import Audience, ContactKind

SIGNED = [AgreementStatus.SIGNED, AgreementStatus.CLOSED_EARLY]
ROLE_OF_KIND = {
    Kind.MISSION_LOCALE: Role.COUNSELLOR,
    Kind.REGIONAL_UNION: Role.NETWORK,
    Kind.NATIONAL_UNION: Role.NETWORK,
    Kind.OTHER: Role.ADMINISTRATOR,
}
births = itertools.cycle(range(28))


class RowFactory(DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True  # records are not saved twice


class OrganisationFactory(RowFactory):
    class Meta:
        model = Organisation

    kind = Kind.MISSION_LOCALE
    name = factory.Sequence(lambda n: f"Organisation {n}")
    short_name = factory.Sequence(lambda n: f"organisation-{n}")


class MissionLocaleFactory(OrganisationFactory):
    name = factory.Sequence(lambda n: f"Mission Locale {n}")


class PartnerFactory(OrganisationFactory):
    kind = Kind.FOUNDATION
    name = factory.Sequence(lambda n: f"Partenaire {n}")


class SiteFactory(RowFactory):
    class Meta:
        model = Site

    organisation = factory.SubFactory(MissionLocaleFactory)
    name = factory.Sequence(lambda n: f"Antenne {n}")


class UserFactory(RowFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@test.example")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Personne{n}")


class MembershipFactory(RowFactory):
    """`MembershipFactory(organisation=o)` takes the usual role of that kind of organisation."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(MissionLocaleFactory)
    role = factory.LazyAttribute(lambda o: ROLE_OF_KIND.get(o.organisation.kind, Role.LEAD))
    starts_on = datetime.date(2020, 1, 1)


class ThemeFactory(RowFactory):
    class Meta:
        model = Theme

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name = factory.Sequence(lambda n: f"Thème {n}")


class ServiceOfferFactory(RowFactory):
    class Meta:
        model = ServiceOffer

    organisation = factory.SubFactory(PartnerFactory)
    theme = factory.SubFactory(ThemeFactory)
    title = factory.Sequence(lambda n: f"Offre {n}")


class AgreementFactory(RowFactory):
    """`AgreementFactory(between=[a, b])` is in force since 30 days; any status fills what it demands."""

    class Meta:
        model = Agreement

    kind = AgreementKind.CHARTER
    lead_organisation = factory.SubFactory(MissionLocaleFactory)
    title = factory.Sequence(lambda n: f"Charte {n}")
    term_months = 24
    status = AgreementStatus.SIGNED
    signed_on = factory.LazyAttribute(
        lambda o: clock.today() - datetime.timedelta(30) if o.status in SIGNED else None
    )
    starts_on = factory.SelfAttribute("signed_on")
    ends_on = factory.LazyAttribute(
        lambda o: last_day(o.starts_on, o.term_months) if o.status in SIGNED else None
    )
    closed_on = factory.LazyAttribute(
        lambda o: clock.today() if o.status == AgreementStatus.CLOSED_EARLY else None
    )
    closing_reason = factory.LazyAttribute(lambda o: "Fin du projet." if o.closed_on else "")

    @factory.post_generation
    def between(self, create, organisations, **kwargs):
        """The parties, and a signatory of each."""
        for order, organisation in enumerate(organisations or [self.lead_organisation], start=1):
            party = Party.objects.create(agreement=self, organisation=organisation)
            signed = {"signed_on": self.signed_on, "how": "inside"} if self.signed_on else {}
            Signatory.objects.create(
                agreement=self,
                party=party,
                name=f"Signataire {order}",
                capacity="Direction",
                order=order,
                **signed,
            )


class YouthFactory(RowFactory):
    class Meta:
        model = Youth

    organisation = factory.SubFactory(MissionLocaleFactory)
    first_name = factory.Sequence(lambda n: f"Prénom{n}")
    last_name = factory.Sequence(lambda n: f"Nom{n}")
    birth_date = factory.LazyFunction(
        lambda: clock.months_after(clock.today(), -12 * 19) - datetime.timedelta(next(births))
    )


class FollowUpFactory(RowFactory):
    """An open follow-up with its row of the referent's history."""

    class Meta:
        model = FollowUp

    youth = factory.SubFactory(YouthFactory)
    structure = factory.SelfAttribute("youth.organisation")
    referent = factory.SubFactory(
        MembershipFactory, organisation=factory.SelfAttribute("..youth.organisation")
    )
    opened_at = factory.LazyFunction(lambda: clock.now() - datetime.timedelta(60))

    @factory.post_generation
    def no_longer_waits(self, create, extracted, **kwargs):
        Youth.objects.filter(pk=self.youth_id).update(waits=False)
        self.youth.waits = False

    @factory.post_generation
    def history(self, create, extracted, **kwargs):
        ReferentAssignment.objects.create(
            follow_up=self,
            referent=self.referent,
            by=self.referent,
            starts_at=self.opened_at,
            reason="Début.",
        )


class AccompanimentFactory(RowFactory):
    """`AccompanimentFactory(author=member, youths=[youth])`."""

    class Meta:
        model = Accompaniment

    author = factory.SubFactory(MembershipFactory)
    organisation = factory.SelfAttribute("author.organisation")
    youths = factory.LazyAttribute(lambda o: [YouthFactory(organisation=o.organisation)])
    structure = factory.LazyAttribute(lambda o: o.youths[0].organisation)
    audience = factory.LazyAttribute(
        lambda o: Audience.STRUCTURE if o.structure == o.organisation else Audience.PARTNER
    )
    kind = ContactKind.CALL
    text = "A rappelé au sujet du permis."

    @classmethod
    def _create(cls, model_class, *args, youths, **values):
        made = super()._create(model_class, *args, **values)
        made.tie([youth.pk for youth in youths])
        if made.next_on:
            remind_of(made, [youth.pk for youth in youths])
        return made


class ShareFactory(RowFactory):
    class Meta:
        model = Share

    youth = factory.SubFactory(YouthFactory)
    organisation = factory.SubFactory(PartnerFactory)
    ground = factory.SubFactory(AgreementFactory)
    fields = ["birth_date", "phone"]


class ReferralFactory(RowFactory):
    """`ReferralFactory(status=Status.DECLINED)` fills whatever that status demands, its share included."""

    class Meta:
        model = Referral

    sender = factory.SubFactory(MissionLocaleFactory)
    recipient = factory.SubFactory(PartnerFactory)
    youth = factory.SubFactory(YouthFactory, organisation=factory.SelfAttribute("..sender"))
    author = factory.SubFactory(MembershipFactory, organisation=factory.SelfAttribute("..sender"))
    agreement = factory.LazyAttribute(
        lambda o: (
            None
            if o.by_letter
            else AgreementFactory(lead_organisation=o.sender, between=[o.sender, o.recipient])
        )
    )
    by_letter = False
    motive = "Cherche une formation en alternance."
    informed = Informed.TOGETHER
    fields = ["birth_date", "phone"]
    status = ReferralStatus.SENT
    sent_at = factory.LazyAttribute(
        lambda o: clock.now() - datetime.timedelta(3) if o.status not in {"draft", "cancelled"} else None
    )
    answered_at = factory.LazyAttribute(lambda o: clock.now() if o.status in ANSWERED else None)
    ended_at = factory.LazyAttribute(lambda o: clock.now() if o.status in ENDED else None)
    decline_reason = factory.LazyAttribute(
        lambda o: DeclineReason.NO_PLACE if o.status == ReferralStatus.DECLINED else ""
    )
    outcome = factory.LazyAttribute(lambda o: Outcome.TRAINING if o.status in ENDED else "")

    @factory.lazy_attribute
    def share(self):
        if self.by_letter or self.sent_at is None:
            return None
        ended = {} if self.status in SHARING else {"closed_at": clock.now()}
        return ShareFactory(
            youth=self.youth,
            organisation=self.recipient,
            ground=self.agreement,
            fields=self.fields,
            takes_notes=self.answered_at is not None,
            from_on=self.sent_at.date(),
            **ended,
        )


class EvaluationFactory(RowFactory):
    """The first year of an agreement, without any figure."""

    class Meta:
        model = Evaluation

    agreement = factory.SubFactory(AgreementFactory)
    number = 1
    period_start = factory.SelfAttribute("agreement.starts_on")
    period_end = factory.LazyAttribute(lambda o: last_day(o.period_start, 12))
    figures = factory.LazyFunction(lambda: {"indicators": {}, "earlier": None})
    digest = "0" * 64
    computed_by = factory.SubFactory(
        MembershipFactory, organisation=factory.SelfAttribute("..agreement.lead_organisation")
    )


class ReportFactory(RowFactory):
    class Meta:
        model = Report

    evaluation = factory.SubFactory(EvaluationFactory)
    asked_by = factory.SelfAttribute("evaluation.computed_by")
