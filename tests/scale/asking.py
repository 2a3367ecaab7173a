"""Who asks what of a loaded database: every route of the site, its filters and what its pages lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from urllib.parse import urlsplit

import django_filters
from django.conf import settings
from django.db.models import Count
from django.test import Client
from django.urls import resolve

from accounts.models import ApiToken, Membership, Organisation, Role
from demonstration.bulk.files import NO_FILES
from evaluations.actions import open_evaluation
from evaluations.models import Evaluation, Report
from exchange.models import Document, Export, Invitation, Message, Notice, SavedView
from partnerships.models import Agreement, ServiceOffer
from referrals.models import Referral
from tests import factories
from tests.policies import POLICIES
from tests.routes import LISTED
from tests.seeded import printed
from youths.models import Accompaniment, FollowUp, Reminder, Share, Youth, YouthImport

MODELS = {
    "youth": Youth,
    "follow_up": FollowUp,
    "accompaniment": Accompaniment,
    "note": Accompaniment,
    "reminder": Reminder,
    "document": Document,
    "message": Message,
    "referral": Referral,
    "agreement": Agreement,
    "evaluation": Evaluation,
    "report": Report,
    "organisation": Organisation,
    "service_offer": ServiceOffer,
    "invitation": Invitation,
    "notice": Notice,
    "saved_view": SavedView,
    "export": Export,
    "import": YouthImport,
}
LINKED = re.compile(r'(?:href|hx-get)="([^"]*\?[^"]*)"')
SEARCHED = ("an", "mar", "kevin martin", "zzzz", "0639")


MOST_HELD = 2_000  # who holds more shares pays some microseconds for each, in each list of contacts


@dataclass(frozen=True)
class Question:
    """One address as one role asks it; `data` is a body, for what is searched by POST."""

    name: str
    url: str
    data: dict = field(default_factory=dict)

    def ask(self, caller: Client):
        answer = caller.post(self.url, self.data) if self.data else caller.get(self.url)
        if answer.streaming:
            list(answer.streaming_content)
        return answer


@dataclass(frozen=True)
class Reader:
    """Somebody of the largest structure, or of the partner to whom it refers most."""

    role: str
    member: Membership
    caller: Client

    @cached_property
    def held(self) -> int:
        """How many young people are this reader's own, or are shared with its organisation."""
        followed = FollowUp.objects.open().filter(referent=self.member).count()
        return (
            followed + Share.objects.filter(organisation=self.member.organisation_id, closed_at=None).count()
        )

    @cached_property
    def files(self) -> int:
        return Youth.objects.filter(organisation=self.member.organisation_id).count()

    def questions(self) -> Iterator[Question]:
        """Every address that a GET opens, with each filter that it knows and each link to itself."""
        for route in LISTED:
            policy = POLICIES[route.name]
            if policy.foreign or "get" not in policy.methods:
                continue
            pk = self.record(policy.kind) if policy.kind else None
            if policy.kind and pk is None:
                continue
            url = route.url(pk, policy.steps[0] if policy.steps else "")
            question = Question(route.name, url)
            answer = question.ask(self.caller)
            if answer.status_code != 200:
                continue
            yield question
            if "pk" not in route.arguments:
                yield from self.narrowed(route.name, url, answer)

    def narrowed(self, name, url, answer) -> Iterator[Question]:
        filterset = getattr(resolve(url).func, "cls", None)
        filterset = getattr(filterset, "filterset_class", None)
        if filterset:
            bound = filterset({}, request=answer.renderer_context["request"])
            yield Question(name, f"{url}?page_size=500")
        else:
            bound = (answer.context or {}).get("filterset")
        orders = orders_of(answer)
        yield from (Question(name, f"{url}?{order}") for order in orders)
        for field_name, one in bound.filters.items() if bound else ():
            for value in values_of(one):
                question = narrow(name, url, field_name, value)
                yield question
                if not question.data:
                    yield from (Question(name, f"{question.url}&{order}") for order in orders)
        text = answer.content.decode(errors="replace")
        for link in sorted({unescape(found) for found in LINKED.findall(text)}):
            if urlsplit(link).path in ("", url):
                yield Question(name, f"{url}?{urlsplit(link).query}")

    def record(self, kind):
        """The id of one that this person sees, of those that weigh most where that differs."""
        if kind == "person":
            named = Membership.objects.nameable_by(self.member).first()
            return named and named.user_id
        if kind == "colleague":
            return Membership.objects.run_by(self.member).values_list("pk", flat=True).first()
        if kind == "link":  # to be opened first, and about one record
            return None
        visible = MODELS[kind].objects.visible_to(self.member)
        if kind == "document":
            visible = visible.exclude(file__startswith=NO_FILES)
        if kind == "agreement":
            return heaviest(Referral.objects.visible_to(self.member), "agreement")
        return visible.values_list("pk", flat=True).order_by("pk").first()


def narrow(name, url, field_name, value) -> Question:
    """Names travel in bodies where a page takes them so."""
    if field_name == "q" and not name.startswith("api:") and "post" in POLICIES[name].methods:
        return Question(name, f"{url}?scope=structure", {"q": value})
    return Question(name, f"{url}?{field_name}={value}")


def orders_of(answer) -> list[str]:
    """Every way to sort the list, of the own caseload and of the whole structure."""
    saved = (getattr(answer, "context", None) or {}).get("saved")
    orders = [f"order={order}" for order in saved.listing.choices["order"].values] if saved else []
    return orders + [f"{order}&scope=structure" for order in orders if "scope" in saved.listing.choices]


def values_of(one) -> list:
    match one:
        case django_filters.BooleanFilter():
            return ["true", "false"]
        case django_filters.ModelChoiceFilter():
            first = one.field.queryset.first()
            to_field = one.extra.get("to_field_name") or "pk"
            return [str(first.serializable_value(to_field))] if first else []
        case django_filters.ChoiceFilter() | django_filters.MultipleChoiceFilter():
            return [value for value, label in one.extra["choices"]]
        case django_filters.UUIDFilter():
            return []
        case django_filters.CharFilter():
            return list(SEARCHED)
    return []


def readers() -> list[Reader]:
    """The busiest counsellor of the largest structure, its other roles, and the partner that sees most of it."""
    files = Youth.objects.values("organisation").annotate(files=Count("pk")).order_by("-files")
    house = Organisation.objects.get(pk=files[0]["organisation"])
    caseloads = FollowUp.objects.open().filter(structure=house).values("referent")
    busiest = caseloads.annotate(files=Count("pk")).order_by("-files")[0]["referent"]
    held = Share.objects.filter(closed_at=None).values("organisation").annotate(files=Count("pk"))
    ordinary = held.filter(files__lte=MOST_HELD).values("organisation")
    shared = Share.objects.filter(youth__organisation=house, closed_at=None, organisation__in=ordinary)
    partner = heaviest(shared, "organisation")
    partner = Organisation.objects.get(pk=partner)
    people = {Role.COUNSELLOR: Membership.objects.get(pk=busiest)}
    people |= {role: engaged(house, role) for role in (Role.DIRECTOR, Role.RECEPTION)}
    people |= {role: engaged(partner, role) for role in (Role.AGENT, Role.LEAD)}
    evaluate_first(people[Role.DIRECTOR])
    write_to(people.values(), house, partner)
    found = [Reader(role.value, member, browser_of(member)) for role, member in people.items()]
    for name, organisation in (("client of ours", house), ("client of the partner", partner)):
        member = engaged(organisation, Role.CLIENT)
        found.append(Reader(name, member, client_of(member)))
    return found


def engaged(organisation, role) -> Membership:
    return factories.MembershipFactory(organisation=organisation, role=role)


def browser_of(member) -> Client:
    browser = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    browser.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser


def client_of(member) -> Client:
    secret = ApiToken.objects.issue(membership=member, name="scale", scopes={"read", "write"})[1]
    return Client(headers={"host": settings.ALLOWED_HOSTS[0], "Authorization": f"Bearer {secret}"})


def evaluate_first(director) -> None:
    """An evaluation and its PDF, where nobody made one: some pages show nothing else."""
    if not Report.objects.visible_to(director).exists():
        agreement = heaviest(Referral.objects.visible_to(director), "agreement")
        evaluation = open_evaluation(Agreement.objects.get(pk=agreement), 1, by=director)
        evaluation.publish(by=director)
        printed(evaluation)


def write_to(members, house, partner) -> None:
    """Papers with their files and notices, which `bulk_data` does not make: one suffices to see what is read for it."""
    referral = Referral.objects.filter(sender=house, recipient=partner, share__closed_at=None).first()
    factories.DocumentFactory(to=Youth.objects.filter(organisation=house).first())
    factories.DocumentFactory(to=referral, audience="both")
    for member in members:
        factories.NoticeFactory(member=member)
        factories.SavedViewFactory(author=member)
        factories.ExportFactory(asked_by=member)
        if member.is_director:
            factories.YouthImportFactory(asked_by=member)


def heaviest(rows, column):
    """The value of the column that most rows have, None without rows."""
    held = rows.exclude(**{column: None}).order_by().values(column).annotate(rows=Count("pk"))
    most = held.order_by("-rows").first()
    return most and most[column]
