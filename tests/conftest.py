"""The personas: one Mission Locale and its partner under an agreement in force, and strangers to both."""

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from accounts.models import Kind, Role
from accounts.throttling import CallerThrottle
from tests import seeded
from tests.factories import (
    AgreementFactory,
    FollowUpFactory,
    MembershipFactory,
    MissionLocaleFactory,
    OrganisationFactory,
    PartnerFactory,
    YouthFactory,
)
from tests.plugins.undefined import Undefined


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail():
    for engine in settings.TEMPLATES:
        engine["OPTIONS"]["string_if_invalid"] = Undefined()


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the tests that walk everything; each asks within a savepoint, and undoes what it did."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(CallerThrottle, "allow_request", lambda *arguments: True)
        yield seeded.build()
        transaction.set_rollback(True)


@pytest.fixture
def mission_locale(db):
    return MissionLocaleFactory(name="Mission Locale de Port-Haut", short_name="port-haut")


@pytest.fixture
def partner(db):
    return PartnerFactory(name="Maison des métiers", short_name="maison-des-metiers")


@pytest.fixture
def counsellor(mission_locale):
    return MembershipFactory(organisation=mission_locale)


@pytest.fixture
def colleague(mission_locale):
    return MembershipFactory(organisation=mission_locale)


@pytest.fixture
def director(mission_locale):
    return MembershipFactory(organisation=mission_locale, role=Role.DIRECTOR)


@pytest.fixture
def reception(mission_locale):
    return MembershipFactory(organisation=mission_locale, role=Role.RECEPTION)


@pytest.fixture
def volunteer(mission_locale):
    return MembershipFactory(organisation=mission_locale, role=Role.VOLUNTEER)


@pytest.fixture
def lead(partner):
    return MembershipFactory(organisation=partner, role=Role.LEAD)


@pytest.fixture
def agent(partner):
    return MembershipFactory(organisation=partner, role=Role.AGENT)


@pytest.fixture
def stranger_counsellor(db):
    return MembershipFactory(organisation=MissionLocaleFactory())


@pytest.fixture
def stranger_agent(db):
    return MembershipFactory(organisation=PartnerFactory(), role=Role.AGENT)


@pytest.fixture
def network(db):
    return MembershipFactory(organisation=OrganisationFactory(kind=Kind.NATIONAL_UNION))


@pytest.fixture
def administrator(db):
    return MembershipFactory(organisation=OrganisationFactory(kind=Kind.OTHER))


@pytest.fixture
def agreement(mission_locale, partner):
    """In force between the Mission Locale and the partner."""
    return AgreementFactory(lead_organisation=mission_locale, between=[mission_locale, partner])


@pytest.fixture
def youth(mission_locale, counsellor):
    """Followed by the counsellor."""
    youth = YouthFactory(organisation=mission_locale, first_name="Yanis", last_name="Benali")
    FollowUpFactory(youth=youth, referent=counsellor)
    return youth


@pytest.fixture
def as_member():
    """`as_member(counsellor)` is a browser signed in as that person, acting for that organisation."""

    def signed_in(member, **options) -> Client:
        client = Client(**options)
        client.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in


@pytest.fixture
def migrated(transactional_db):
    """`migrated(BEFORE)` gives the models of that time; the newest are back afterwards."""

    def to(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
