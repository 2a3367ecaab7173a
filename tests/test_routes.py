"""Every route of the site, as every role, with own, shared, others' and missing records: who gets what answer.

The routes are found by walking the URL resolver: one that nobody gave a policy in tests/policies.py fails here.
"""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from itertools import product

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from accounts.models import Event
from tests import markup
from tests.api.described import faults_of
from tests.policies import HEARD, NAMES, POLICIES, SEES, SHOWN, Access, Policy
from tests.routes import LISTED, ROUTES, Route
from tests.seeded import CLIENTS, FAMILY_NAMES, MEMBERS, NOBODY, OWNERSHIPS

pytestmark = pytest.mark.django_db

PAGE_METHODS = ("get", "post")
APPS = {"accounts", "exchange", "partnerships", "youths", "referrals", "evaluations"}
API_METHODS = ("get", "post", "put", "patch", "delete")
VARYING = re.compile(r'(csrfmiddlewaretoken" value=|X-CSRFToken[^:]*: ?|"request_id": )"[^"]*"')


@dataclass(frozen=True)
class Cell:
    """One question of the matrix."""

    role: str
    method: str
    ownership: str
    step: str

    def __str__(self):
        return " ".join(filter(None, (self.role, self.method.upper(), self.ownership, self.step)))


def test_every_route_has_its_policy():
    assert sorted({route.name for route in ROUTES} - POLICIES.keys()) == []


def test_every_policy_has_its_route():
    assert sorted(POLICIES.keys() - {route.name for route in ROUTES}) == []


def test_no_step_is_forgotten():
    """An address with a step in it is walked with one at least."""
    assert [r.name for r in LISTED if ("step" in r.arguments) != bool(POLICIES[r.name].steps)] == []


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    written: bool
    location: str


def ask(world, route: Route, cell: Cell) -> Answer:
    policy = POLICIES[route.name]
    pk = world.pk(policy.kind, cell.ownership) if "pk" in route.arguments else None
    caller = world.callers[cell.role]
    caller.cookies.pop("messages", None)  # what the last answer had still to say
    send = getattr(caller, cell.method)
    body = (
        {"data": {}, "content_type": "application/json"}
        if route.is_api
        else {"data": {"sent": "1", **policy.sends}}
    )
    with transaction.atomic():
        before = Event.objects.count()
        response = send(route.url(pk, cell.step), **({} if cell.method == "get" else body))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        written = Event.objects.count() > before
        transaction.set_rollback(True)
    if route.is_api:
        assert faults_of(response.wsgi_request.path, cell.method, response) == [], cell
    text = content.decode(errors="replace").replace(str(pk), "ID")
    return Answer(response.status_code, VARYING.sub("", text), written, response.headers.get("Location", ""))


def cells(route: Route) -> Iterator[Cell]:
    """Refusals that no id can change are asked once."""
    policy = POLICIES[route.name]
    has_record = "pk" in route.arguments
    roles = (*MEMBERS, *(CLIENTS if route.is_api else ()), NOBODY)
    methods = API_METHODS if route.is_api else PAGE_METHODS
    for role, method, step in product(roles, methods, policy.steps or ("",)):
        once = role == NOBODY or method not in policy.methods
        owned = ("own",) if once else (*OWNERSHIPS, "missing")
        yield from (Cell(role, method, one, step) for one in (owned if has_record else ("",)))


def expected(route: Route, policy: Policy, cell: Cell) -> frozenset[int]:
    if cell.role == NOBODY and not policy.open_to_all:
        return frozenset({401 if route.is_api and not policy.leads_to_sign_in else 302})
    if cell.method not in policy.methods:
        guard = policy.methods.get("get", Access())
        return frozenset({guard.refused} if policy.guarded and cell.role not in guard.roles else {405})
    if policy.kind and cell.ownership not in SEES[policy.kind].get(cell.role, ()):
        return frozenset({404})
    access = policy.methods[cell.method]
    if cell.role in access.instead:
        return frozenset({access.instead[cell.role]})
    is_own_house = access.own_house.get(cell.role) == cell.ownership
    if cell.role not in access.roles and cell.role != NOBODY and not is_own_house:
        return frozenset({access.refused})
    return SHOWN if cell.method == "get" else HEARD


def names_told(answer: Answer, role: str) -> list[str]:
    """Family names in the answer that this role may not read."""
    known = NAMES.get(role, frozenset())
    text = answer.body.casefold()
    return [name for owned, name in FAMILY_NAMES.items() if owned not in known and name.casefold() in text]


@pytest.mark.parametrize("route", [r for r in LISTED if not POLICIES[r.name].foreign], ids=lambda r: r.name)
def test_answers_follow_the_policy(world, route):
    policy, wrong, answers = POLICIES[route.name], [], {}
    for cell in cells(route):
        answer = answers[cell] = ask(world, route, cell)
        right = expected(route, policy, cell)
        if answer.status not in right:
            wrong.append(f"{cell}: {answer.status}, expected {sorted(right)}")
        if told := names_told(answer, cell.role):
            wrong.append(f"{cell}: tells {told}")
        if not route.is_api:
            wrong += [f"{cell}: {fault}" for fault in markup.faults(answer.body)]
        if answer.written and not right & HEARD - SHOWN:
            wrong.append(f"{cell}: refused, and written all the same")
    assert wrong == []
    assert differing(answers) == []


@pytest.mark.parametrize("name", ["referrals:referral_detail", "api:referral-detail"])
def test_of_an_ended_case_the_partner_sees_the_case_alone(world, name):
    route = next(route for route in ROUTES if route.name == name)
    for role in ("director", "agent", "lead", *(CLIENTS if route.is_api else ())):
        answer = ask(world, route, Cell(role, "get", "ended", ""))
        assert answer.status == 200, role
        assert not names_told(answer, role), role


@pytest.mark.parametrize(
    "route", [r for r in LISTED if POLICIES[r.name].kind == "accompaniment"], ids=lambda r: r.name
)
def test_what_the_partner_noted_troubles_nobody(world, route):
    """Seen from both sides, its reminder the partner's own: whoever asks gets an answer, not a fault."""
    for role, method in product((*MEMBERS, *(CLIENTS if route.is_api else ())), POLICIES[route.name].methods):
        answer = ask(world, route, Cell(role, method, "noted", ""))
        assert answer.status in {200, 302, 404}, (role, method)
        assert not names_told(answer, role), role


def differing(answers: dict[Cell, Answer]) -> list[str]:
    """Where a record that one may not see answers otherwise than one that does not exist."""
    found = []
    for cell, answer in answers.items():
        missing = answers.get(Cell(cell.role, cell.method, "missing", cell.step))
        if answer.status == 404 and missing and cell.ownership != "missing" and answer != missing:
            found.append(str(cell))
    return found


# The same from beneath: the verb that everything starts from.

GUARDED = [model for model in apps.get_models() if hasattr(model._default_manager, "visible_to")]


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("role", ["made_up", "", None])
def test_an_unknown_role_sees_nothing(world, model, role):
    for member in world.members.values():
        stranger = copy(member)
        stranger.role = role
        assert not model.objects.visible_to(stranger).exists()


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_the_verb_shows_what_the_policy_says(world, model):
    kind = next(kind for (kind, _), record in world.records.items() if isinstance(record, model))
    for role, member in world.members.items():
        visible = set(model.objects.visible_to(member).values_list("pk", flat=True))
        shown = {ownership for ownership in OWNERSHIPS if world.pk(kind, ownership) in visible}
        assert shown == SEES[kind].get(role, set()), role


@pytest.mark.parametrize("route", [r for r in LISTED if POLICIES[r.name].foreign], ids=lambda r: r.name)
def test_pages_of_the_sign_in_library_stand(world, route):
    """They are about oneself: none fails, none names anyone, and one's own account asks who one is."""
    for cell in (Cell(role, method, "", "") for role in ("counsellor", NOBODY) for method in PAGE_METHODS):
        answer = ask(world, route, cell)
        assert answer.status < 500, cell
        assert not names_told(answer, NOBODY), cell
        if cell.role == NOBODY and not POLICIES[route.name].open_to_all:
            assert answer.location.startswith(reverse("account_login")), cell
