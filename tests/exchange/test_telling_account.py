"""What is told about one's account, one's team and one's own PDFs."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import User
from common import clock
from common.queued import TRIES, JobStatus
from evaluations.models import Report
from exchange.models import Delivery, Notice
from exchange.staff import actions
from tests.accounts.conftest import PASSWORD
from tests.factories import (
    EvaluationFactory,
    InvitationFactory,
    MembershipFactory,
    PersonalLinkFactory,
    ReportFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(counsellor):
    """With the account for a month."""
    counsellor.user.set_password(PASSWORD)
    counsellor.user.date_joined = clock.now() - datetime.timedelta(days=30)
    counsellor.user.save()
    return counsellor


def sign_in(browser, member):
    answer = browser.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert answer.status_code == 302
    browser.post("/accounts/logout/")


def test_a_sign_in_with_a_new_browser_is_told_to_the_owner_by_mail(owner, told):
    browser = Client()
    sign_in(browser, owner)
    assert told() == {(owner, "new_device")}
    assert Delivery.objects.count() == 1
    assert Notice.objects.get().address == "/accounts/sessions/"
    sign_in(browser, owner)
    assert Notice.objects.count() == 1, "it is known by now"
    sign_in(Client(), owner)
    assert Notice.objects.count() == 2


def test_a_wrong_password_tells_nobody_here(owner):
    Client().post("/accounts/login/", {"login": owner.user.email, "password": "pas le bon mot de passe"})
    assert not Notice.objects.exists()


def test_whoever_joined_today_is_not_told_of_the_first_sign_in(owner):
    User.objects.update(date_joined=clock.now())
    sign_in(Client(), owner)
    assert not Notice.objects.exists()


def test_who_acts_for_several_organisations_is_told_once(owner, told):
    MembershipFactory(user=owner.user, starts_on=clock.today() + clock.ONE_DAY)
    MembershipFactory(user=owner.user)
    sign_in(Client(), owner)
    assert Notice.objects.count() == 1
    assert {member.user for member, _kind in told()} == {owner.user}


def test_who_invited_is_told_of_the_yes_and_led_to_the_colleague(director, told, as_member):
    link = PersonalLinkFactory(subject=InvitationFactory(invited_by=director))
    joined = actions.join(link, user=UserFactory.build())
    assert told() == {(director, "invitation_accepted")}
    address = as_member(director).post(Notice.objects.get().get_absolute_url()).url
    assert str(joined.pk) in address
    assert as_member(director).get(address).status_code == 200


def test_who_invited_and_left_is_told_nothing(director):
    link = PersonalLinkFactory(subject=InvitationFactory(invited_by=director))
    director.write(ends_on=clock.today() - clock.ONE_DAY)
    actions.join(link, user=UserFactory.build())
    assert not Notice.objects.exists()


@pytest.fixture
def report(agreement, director, colleague):
    evaluation = EvaluationFactory(agreement=agreement, number=1)
    return ReportFactory(evaluation=evaluation, asked_by=director)


def claimed(report):
    return Report.objects.claim(report.pk)


def test_who_asked_for_a_pdf_is_told_on_screen_that_it_is_ready(report, director, told, deliver_pdf):
    deliver_pdf(claimed(report))
    assert told() == {(director, "report_ready")}
    assert not Delivery.objects.exists(), "on screen only, unless they chose otherwise"
    assert Notice.objects.get().address == report.get_absolute_url()


@pytest.fixture
def deliver_pdf():
    def deliver(report):
        return report.deliver(ContentFile(b"%PDF-1.7"), software_version="1", evaluation_version=1)

    return deliver


def test_a_slow_worker_that_lost_its_claim_tells_nobody(report, deliver_pdf):
    slow = claimed(report)
    with clock.at(clock.now() + datetime.timedelta(minutes=5)):
        assert claimed(report)
        assert not deliver_pdf(slow)
    assert not Notice.objects.exists()


def test_only_the_last_try_that_fails_is_told(report, told, director):
    for _try in range(TRIES - 1):
        claimed(report).put_back("Pas encore.")
        assert told() == set()
    claimed(report).put_back("Cinq essais.")
    assert told() == {(director, "report_failed")}


def test_what_killed_workers_left_is_told_as_failed(report, told, director):
    Report.objects.update(tries=TRIES)
    Report.objects.filter(pk=report.pk).update(
        status=JobStatus.RUNNING, lease_until=clock.now() - datetime.timedelta(minutes=1)
    )
    assert Report.objects.give_up("Cinq essais.") == 1
    assert told() == {(director, "report_failed")}
