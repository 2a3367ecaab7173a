"""The first page of the platform's administrator: counts that name nobody, and what they call for."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.models import ApiToken, Kind, Role
from common import clock
from common.queued import TRIES
from evaluations.models import Report
from tests.factories import (
    AgreementFactory,
    EvaluationFactory,
    MembershipFactory,
    MissionLocaleFactory,
    PartnerFactory,
    ReportFactory,
    YouthFactory,
)

QUERIES = [
    "session",
    "user",
    "memberships",
    "notices unread",
    "organisations",
    "people",
    "documents waiting",
    "documents failed",
    "tokens",
    "audit",
]


def token(days, **values):
    member = MembershipFactory(organisation=MissionLocaleFactory(), role=Role.CLIENT)
    made, _secret = ApiToken.objects.issue(membership=member, name="Logiciel", scopes=["read"], days=days)
    ApiToken.objects.filter(pk=made.pk).update(**values)


def failed() -> Report:
    report = Report.objects.claim(ReportFactory().pk)
    report.tries = TRIES
    report.put_back("Raté.")
    return report


def made():
    report = Report.objects.claim(ReportFactory().pk)
    report.deliver(ContentFile(b"%PDF-1.7"), software_version="1", evaluation_version=1)


@pytest.mark.parametrize("number", [1, 20])
def test_it_costs_the_same_for_1_of_each_and_20(number, as_member, administrator, django_assert_num_queries):
    for _number in range(number):
        token(5)
        failed()
        ReportFactory()
    client = as_member(administrator)
    with django_assert_num_queries(len(QUERIES)):
        client.get("/")


def test_organisations_are_counted_by_kind(as_member, administrator):
    MissionLocaleFactory.create_batch(2)
    MissionLocaleFactory(is_active=False)
    PartnerFactory()
    rows = as_member(administrator).get("/").context["organisations"]
    counted = {row["kind"]: (row["active"], row["inactive"]) for row in rows}
    assert counted == {Kind.MISSION_LOCALE: (2, 1), Kind.FOUNDATION: (1, 0), Kind.OTHER: (1, 0)}


def test_people_are_counted_once_and_programs_not(as_member, administrator):
    twice = MembershipFactory()
    MembershipFactory(user=twice.user)
    left = MembershipFactory(ends_on=clock.today() - clock.ONE_DAY)
    token(90)
    Authenticator.objects.create(user=administrator.user, type=Authenticator.Type.TOTP, data={})
    for member in (administrator, left):
        Authenticator.objects.get_or_create(user=member.user, type=Authenticator.Type.RECOVERY_CODES, data={})
    context = as_member(administrator).get("/").context
    assert (context["people"], context["without_factor"]) == (2, 1)


def test_tokens_that_end_soon_are_counted(as_member, administrator):
    token(29)
    token(31)
    token(29, revoked_at=clock.now())
    token(29, expires_at=clock.now() - datetime.timedelta(1))
    page = as_member(administrator).get("/")
    assert page.context["tokens_ending"] == 1
    assert "api_token list" in page.content.decode()


def test_documents_that_wait_or_failed_are_counted(as_member, administrator):
    ReportFactory(asked_at=clock.now() - datetime.timedelta(3))
    ReportFactory()
    failed()
    made()
    context = as_member(administrator).get("/").context
    assert (context["documents_waiting"], context["documents_failed"]) == (2, 1)
    assert context["waiting_since"].startswith(f"{clock.today() - datetime.timedelta(3):%d/%m/%Y}")


def test_it_names_nobody_and_quotes_no_agreement(as_member, administrator, director):
    agreement = AgreementFactory(title="Charte confidentielle", purpose="Un texte.")
    report = ReportFactory(evaluation=EvaluationFactory(agreement=agreement), asked_by=director)
    youth = YouthFactory(last_name="Secrète")
    main = as_member(administrator).get("/").content.decode().partition("<main")[2]
    for hidden in (agreement.title, str(report.pk), youth.last_name.upper(), director.user.last_name):
        assert hidden not in main


def test_every_link_of_the_page_opens(as_member, administrator):
    client = as_member(administrator)
    page = client.get("/").content.decode()
    for route in ("health_ready", "api:documentation"):
        assert f'href="{reverse(route)}"' in page
        assert client.get(reverse(route)).status_code == 200


@pytest.mark.parametrize("asked", [True, False])
def test_it_says_whether_a_second_factor_is_asked_for(as_member, administrator, counsellor, settings, asked):
    Authenticator.objects.create(user=administrator.user, type=Authenticator.Type.TOTP, data={})
    settings.SECOND_FACTOR_REQUIRED = asked
    page = as_member(administrator).get("/").content.decode()
    assert ("prochaine connexion" in page) == asked
