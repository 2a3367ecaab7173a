"""A young person's way from the counsellor to the partner and into the year's evaluation, by clicks alone."""

import datetime
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.models import AuditEntry
from common import clock
from evaluations.models import Report
from evaluations.tasks import build_report
from referrals.models import Referral
from referrals.workflow import Status
from tests.factories import (
    AccompanimentFactory,
    AgreementFactory,
    FollowUpFactory,
    ServiceOfferFactory,
    ThemeFactory,
    YouthFactory,
)
from youths.models import Accompaniment, Reminder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "un long mot de passe d’essai"
NOTE = "A retrouvé son relevé de notes et rappelle lundi."
MOTIVE = "Cherche une formation en alternance dans la restauration."


@pytest.fixture
def agreement(mission_locale, partner):
    """In force since more than a year: its first year can be evaluated."""
    theme = ThemeFactory(name="Alternance")
    charter = AgreementFactory(
        lead_organisation=mission_locale,
        between=[mission_locale, partner],
        signed_on=clock.today() - datetime.timedelta(400),
    )
    charter.themes.add(theme)
    ServiceOfferFactory(organisation=partner, theme=theme, title="Découverte des métiers")
    return charter


@pytest.fixture
def unreferred(mission_locale, counsellor):
    """Of the same caseload; nothing about this person may reach the partner."""
    other = YouthFactory(organisation=mission_locale, first_name="Solène", last_name="Kervadec")
    FollowUpFactory(youth=other, referent=counsellor)
    return other


@pytest.fixture
def signed_in(open_page):
    """`signed_in(member)` signs in by the form, in a browser of its own; returns its page."""

    def sign_in(member, **options):
        member.user.set_password(PASSWORD)
        member.user.save()
        page = open_page("/accounts/login/", **options)
        page.fill("[name=login]", member.user.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url(re.compile(r"/$"))
        return page

    return sign_in


def choose(page, name, value):
    """A radio or a box, whatever is drawn over it."""
    page.locator(f"[name={name}][value={value}]").check(force=True)


def log(page, text):
    choose(page, "kind", "interview")
    page.fill("[name=text]", text)
    page.click("#quick-log .form-actions button")


def refer(page, partner):
    page.click("main a[href$='/refer/']")
    page.click("main a[href*='need=']")
    page.click(f"main a[href*='partner={partner.pk}']")
    page.fill("[name=motive]", MOTIVE)
    choose(page, "informed", "together")
    choose(page, "shared", "birth_date")


@pytest.mark.usefixtures("unreferred")
def test_from_the_counsellor_to_the_evaluation(
    signed_in, youth, counsellor, colleague, director, agent, partner, agreement, tmp_path
):
    directors_page = signed_in(director)
    figures = agreement_figures(directors_page, agreement)

    # The counsellor opens a file from the caseload and notes a contact.
    page = signed_in(counsellor)
    page.click("nav a[href='/youths/']")
    page.click(f"main a[href='/youths/{youth.pk}/']")
    log(page, NOTE)
    expect(page.locator("ol.timeline")).to_contain_text(NOTE)
    assert Accompaniment.objects.get().author == counsellor

    # Hands the young person over, with a reason: one referent before, one after.
    page.locator("main a[href$='/referent/']").last.click()
    page.select_option("[name=to]", str(colleague.pk))
    page.fill("[name=reason]", "Congé maternité")
    page.click("main form button.button-primary")
    expect(page.locator(".page-head-lead")).to_contain_text(str(colleague))
    assert youth.follow_up.referent == colleague

    # Refers to the partner under the charter, seeing first what will be read.
    refer(page, partner)
    expect(page.locator("#preview")).to_contain_text(f"{youth.birth_date:%d/%m/%Y}")
    expect(page.locator(".page-head")).to_contain_text(agreement.title)
    page.click("#refer button.button-primary")
    page.wait_for_url("**/referrals/*/")
    referral = Referral.objects.get()
    assert (referral.status, referral.agreement) == (Status.SENT, agreement)

    # The partner's agent sees this person inside the referral, and nobody else.
    page = signed_in(agent)
    page.goto(page.url + "referrals/")
    assert "Kervadec" not in page.content()
    page.click(f"main a[href='/referrals/{referral.pk}/']")
    expect(page.locator("main")).to_contain_text(MOTIVE)
    expect(page.locator("main")).to_contain_text(f"{youth.birth_date:%d/%m/%Y}")
    page.click("[data-dialog=step-accept]")
    assert page.evaluate("document.activeElement.name") == "note"
    page.click("dialog#step-accept button.button-primary")
    expect(page.locator("[data-dialog=step-accept]")).to_have_count(0)
    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED

    # The director sees the figures move and asks for the yearly evaluation.
    assert agreement_figures(directors_page, agreement) != figures
    directors_page.click("form[action$='/evaluations/'] button")
    directors_page.wait_for_url("**/evaluations/*/")
    directors_page.click("form[action$='/reports/'] button")
    directors_page.wait_for_url("**/reports/*/")
    expect(directors_page.locator("progress")).to_be_visible()
    build_report(str(Report.objects.get().pk))
    link = directors_page.locator("#report-job a[download]")
    expect(link).to_be_visible(timeout=10_000)  # the page asks by itself
    with directors_page.expect_download() as download:
        link.click()
    saved = Path(tmp_path, download.value.suggested_filename)
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF-")
    assert saved.suffix == ".pdf"
    assert AuditEntry.objects.filter(route="evaluations:report_file", by=director).count() == 1


def agreement_figures(page, agreement) -> str:
    page.goto(re.sub(r"(//[^/]+)/.*", rf"\1/agreements/{agreement.pk}/", page.url))
    return page.locator("#figures").inner_text()


@pytest.mark.usefixtures("agreement")
def test_everything_works_without_scripts(signed_in, youth, counsellor, agent, partner):
    page = signed_in(counsellor, java_script_enabled=False)
    page.goto(f"{page.url}youths/{youth.pk}/")
    log(page, NOTE)
    expect(page.locator("ol.timeline")).to_contain_text(NOTE)
    refer(page, partner)
    page.click("#refer button[name=preview]")
    expect(page.locator("#preview")).to_contain_text(f"{youth.birth_date:%d/%m/%Y}")
    page.click("#refer button.button-primary")
    page.wait_for_url("**/referrals/*/")

    page = signed_in(agent, java_script_enabled=False)
    page.goto(f"{page.url}referrals/{Referral.objects.get().pk}/")
    page.click("a[data-dialog=step-accept]")
    page.click("main form button.button-primary")
    page.wait_for_url("**/referrals/*/")
    assert Referral.objects.get().status == Status.ACCEPTED


def test_a_contact_is_noted_by_keyboard_alone(signed_in, youth, counsellor):
    page = signed_in(counsellor)
    page.goto(f"{page.url}youths/{youth.pk}/")
    page.keyboard.press("n")
    page.keyboard.press("2")
    for _key in range(20):
        if page.evaluate("document.activeElement.name") == "text":
            break
        page.keyboard.press("Tab")
    page.keyboard.type(NOTE)
    page.keyboard.press("Control+Enter")
    expect(page.locator("ol.timeline")).to_contain_text(NOTE)
    expect(page.locator("[name=text]")).to_be_focused()
    assert Accompaniment.objects.get().kind == "interview"


def test_a_reminder_is_put_off_in_place(signed_in, youth, counsellor):
    AccompanimentFactory(author=counsellor, youths=[youth], next_on=clock.today(), next_step="Appeler le CFA")
    page = signed_in(counsellor)
    page.goto(f"{page.url}youths/{youth.pk}/")
    page.get_by_text("Reporter", exact=True).click()
    page.get_by_role("button", name="D’une semaine").click()
    expect(page.locator(".toast").last).to_contain_text("Reporté au")
    expect(page.locator("#reminders")).to_be_focused()
    assert Reminder.objects.get().due_on == clock.today() + datetime.timedelta(7)


def test_a_possible_duplicate_leaves_the_form_where_it_is(signed_in, youth, counsellor):
    page = signed_in(counsellor)
    page.goto(f"{page.url}youths/new/")
    page.fill("[name=last_name]", youth.last_name)
    page.fill("[name=first_name]", youth.first_name)
    page.fill("[name=birth_date]", str(youth.birth_date))
    page.keyboard.press("Tab")
    expect(page.locator("#duplicates")).to_contain_text(str(youth))
    assert page.url.endswith("/youths/new/")  # where the form is sent, and no name in it
