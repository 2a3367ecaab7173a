"""One small world for the tests that walk everything: what is ours, what we share, what is others'."""

import datetime
import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import ApiToken, Kind, Role
from common import clock
from common.queued import JobStatus
from evaluations.actions import ask_for_report, open_evaluation
from evaluations.models import Report
from exchange.models import Delivery
from referrals.workflow import Status
from tests import factories
from youths.models import ColumnMapping

MEMBERS = (
    "counsellor",
    "director",
    "reception",
    "volunteer",
    "agent",
    "lead",
    "network",
    "administrator",
)
CLIENTS = ("client_of_ours", "client_of_the_partner")
NOBODY = "nobody"
OWNERSHIPS = ("own", "shared", "foreign")
FAMILY_NAMES = {"own": "Kervadec", "shared": "Tanguy", "foreign": "Wieczorek", "ended": "Pennanec"}
# Somebody whom another partner names in its note about the person that is shared with ours, too.
FAMILY_NAMES["beside"] = "Quemener"
YEAR_AND_MORE = datetime.timedelta(400)


@dataclass
class World:
    """`pk("referral", "shared")` is the id of that record; `callers[role]` a browser or a client of that role.

    Own is what the Mission Locale has with another partner, shared what it has with the partner that the
    roles agent and lead act for, foreign what two strangers have.
    """

    records: dict[tuple[str, str], object] = field(default_factory=dict)
    callers: dict[str, Client] = field(default_factory=dict)
    members: dict[str, object] = field(default_factory=dict)

    def pk(self, kind: str, ownership: str):
        if ownership == "missing":
            return uuid.UUID("00000000-0000-4000-8000-000000000000")
        return self.records[kind, ownership].pk


def build() -> World:
    world = World()
    union = factories.OrganisationFactory(kind=Kind.NATIONAL_UNION, name="Union")
    ours = factories.MissionLocaleFactory(name="La nôtre", parent=union)
    partner = factories.PartnerFactory(name="Le partenaire")
    people(world, ours, partner, union)
    others = factories.MissionLocaleFactory(name="Autre structure")
    director, other_director = world.members["director"], member(others, Role.DIRECTOR)
    beside = factories.PartnerFactory(name="Un autre partenaire")
    between(world, "own", director, beside)
    between(world, "shared", director, partner)
    between(world, "foreign", other_director, factories.PartnerFactory(name="Un partenaire étranger"))
    noted_beside(world.records["youth", "shared"], beside)
    world.records["referral", "ended"] = ended(director.organisation, partner)
    world.records["accompaniment", "noted"] = factories.AccompanimentFactory(
        author=world.members["agent"],
        youths=[world.records["youth", "shared"]],
        next_step="Rappeler",
        next_on=clock.today(),
    )
    world.records["evaluation", "shared"].publish(by=director)
    told(world)
    for key, record in list(world.records.items()):
        if key[0] == "evaluation":
            world.records["report", key[1]] = printed(record)
    return world


def told(world):
    """Our counsellor is told of our own cases, somebody else of the strangers'."""
    for ownership in OWNERSHIPS:
        referral = world.records["referral", ownership]
        member = referral.author if ownership == "foreign" else world.members["counsellor"]
        notice = factories.NoticeFactory(member=member, event__subject_id=referral.pk)
        world.records["notice", ownership] = notice
        world.records["export", ownership] = factories.ExportFactory(asked_by=member)
        failed = {"status": JobStatus.FAILED, "organisation": member.organisation}
        world.records["delivery", ownership] = Delivery.objects.create(notice=notice, **failed)


def member(organisation, role):
    return factories.MembershipFactory(organisation=organisation, role=role)


def people(world, ours, partner, union):
    places = {Role.AGENT: partner, Role.LEAD: partner, Role.NETWORK: union}
    places[Role.ADMINISTRATOR] = factories.OrganisationFactory(kind=Kind.OTHER, name="Plateforme")
    for name in MEMBERS:
        actor = world.members[name] = member(places.get(name, ours), name)
        browser = Client(raise_request_exception=False)
        browser.force_login(actor.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        world.callers[name] = browser
    for name, organisation in zip(CLIENTS, (ours, partner), strict=True):
        actor = world.members[name] = member(organisation, Role.CLIENT)
        secret = ApiToken.objects.issue(membership=actor, name=name, scopes={"read", "write"})[1]
        headers = {"Authorization": f"Bearer {secret}"}
        world.callers[name] = Client(raise_request_exception=False, headers=headers)
    world.callers[NOBODY] = Client(raise_request_exception=False)


def between(world, ownership, director, partner):
    """Everything that a Mission Locale and a partner have with each other: a record of each kind."""
    ours = director.organisation
    counsellor = member(ours, Role.COUNSELLOR)
    youth = factories.YouthFactory(
        organisation=ours, first_name="Maëlle", last_name=FAMILY_NAMES[ownership], phone="0600000000"
    )
    agreement = factories.AgreementFactory(
        lead_organisation=ours,
        between=[ours, partner],
        title=f"Charte ({ownership})",
        signed_on=clock.today() - YEAR_AND_MORE,
    )
    offer = factories.ServiceOfferFactory(organisation=partner)
    invited = factories.InvitationFactory(invited_by=director)
    made = {
        "youth": youth,
        "follow_up": factories.FollowUpFactory(youth=youth, referent=counsellor),
        "accompaniment": factories.AccompanimentFactory(
            author=counsellor,
            youths=[youth],
            audience="shared",
            next_step="Rappeler",
            next_on=clock.today(),
        ),
        "agreement": agreement,
        "referral": factories.ReferralFactory(
            sender=ours,
            recipient=partner,
            youth=youth,
            author=counsellor,
            agreement=agreement,
            offer=offer,
            status=Status.ACCEPTED,
            motive=f"Pour {youth.last_name}",
            shows_accompaniments=True,
        ),
        "note": factories.AccompanimentFactory(author=member(partner, Role.AGENT), youths=[youth]),
        "document": factories.DocumentFactory(to=youth, author=counsellor, audience="shared"),
        "evaluation": open_evaluation(agreement, 1, by=director),
        "invitation": invited,
        "link": factories.PersonalLinkFactory(subject=invited),
        "organisation": partner,
        "service_offer": offer,
        "import": factories.YouthImportFactory(asked_by=director, name=f"{FAMILY_NAMES[ownership]}.csv"),
        "columns": ColumnMapping.objects.create(organisation=ours, name=ownership),
        "colleague": counsellor,
        "person": counsellor.user,
        "saved_view": factories.SavedViewFactory(author=counsellor, name=f"En retard ({ownership})"),
    }
    made["message"] = factories.MessageFactory(
        to=made["referral"], author=counsellor, text=f"Pour {youth.last_name}"
    )
    made["reminder"] = made["accompaniment"].reminders.get()
    share = made["referral"].share
    share.write(shows_accompaniments=True)
    world.records |= {(kind, ownership): record for kind, record in made.items()}


def noted_beside(youth, partner):
    """A second partner works with the same person, at the same time, and notes what it does."""
    referral = factories.ReferralFactory(
        sender=youth.organisation,
        recipient=partner,
        youth=youth,
        status=Status.UNDER_WAY,
        motive=f"Pour {FAMILY_NAMES['beside']}",
        shows_accompaniments=True,
    )
    referral.share.write(shows_accompaniments=True)
    author = member(partner, Role.AGENT)
    factories.MessageFactory(to=referral, author=author, text=f"Avec {FAMILY_NAMES['beside']}.")
    factories.AccompanimentFactory(author=author, youths=[youth], text=f"Vu avec {FAMILY_NAMES['beside']}.")


def ended(ours, partner):
    """A case that the partner completed: it still sees the case, no longer the person."""
    youth = factories.YouthFactory(organisation=ours, last_name=FAMILY_NAMES["ended"])
    motive, case = f"Pour {youth.last_name}", {"sender": ours, "recipient": partner}
    return factories.ReferralFactory(**case, youth=youth, motive=motive, status=Status.COMPLETED)


def printed(evaluation) -> Report:
    """Its PDF, ready, without the seconds that a real one takes."""
    asked = ask_for_report(evaluation, by=evaluation.computed_by)
    report = Report.objects.claim(asked.pk)
    report.deliver(ContentFile(b"%PDF-1.7"), software_version="1", evaluation_version=evaluation.version)
    return report
