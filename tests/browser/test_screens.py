"""Every screen, filled, seen by a browser: no fault of access, nothing that scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests import seeded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Who looks, at which address, with which kind of record in it.
SCREENS = {
    "counsellor": [
        ("desk:home", ""),
        ("desk:caseload", ""),
        ("desk:find", ""),
        ("exchange:saved_view_change", "saved_view"),
        ("desk:youth_file", "youth"),
        ("desk:youth_identity", "youth"),
        ("youths:youth_create", ""),
        ("youths:youth_edit", "youth"),
        ("youths:referent_change", "youth"),
        ("youths:follow_up_close", "youth"),
        ("youths:accompaniment_create", "youth"),
        ("youths:contact_create", ""),
        ("referrals:referral_create", "youth"),
        ("referrals:referral_list", ""),
        ("referrals:referral_detail", "referral"),
        ("referrals:message_list", "referral"),
        ("referrals:document_create", "referral"),
        ("desk:youth_documents", "youth"),
        ("youths:document_create", "youth"),
        ("exchange:document_replace", "document"),
        ("exchange:export_detail", "export"),
        ("exchange:saved_view_change", "saved_view"),
        ("desk:find", ""),
        ("exchange:notice_list", ""),
        ("exchange:preferences", ""),
        ("exchange:calendar", ""),
        ("accounts:session_list", ""),
    ],
    "director": [
        ("desk:home", ""),
        ("partnerships:agreement_list", ""),
        ("exchange:saved_view_change", "saved_view"),
        ("desk:agreement_page", "agreement"),
        ("desk:interim_create", ""),
        ("evaluations:evaluation_list", ""),
        ("evaluations:evaluation_detail", "evaluation"),
        ("evaluations:report_detail", "report"),
        ("account_change_password", ""),
        ("accounts:address", ""),
        ("mfa_index", ""),
        ("exchange:account", ""),
        ("exchange:address_change", ""),
        ("exchange:staff_list", ""),
        ("exchange:invitation_create", ""),
        ("exchange:member_change", "colleague"),
        ("desk:member_dates", "colleague"),
        ("desk:member_end", "colleague"),
        ("exchange:undelivered_list", ""),
        ("exchange:document_withdraw", "document"),
        ("partnerships:document_create", "agreement"),
        ("youths:import_create", ""),
        ("youths:import_detail", "import"),
        ("youths:import_columns", "import"),
        ("desk:organisation_page", "organisation"),
    ],
    "agent": [
        ("desk:home", ""),
        ("referrals:referral_list", ""),
        ("referrals:referral_detail", "referral"),
        ("desk:agreement_page", "agreement"),
        ("evaluations:evaluation_detail", "evaluation"),
    ],
    "reception": [("desk:home", ""), ("desk:caseload", ""), ("desk:youth_identity", "youth")],
    "network": [
        ("desk:home", ""),
        ("partnerships:agreement_list", ""),
        ("evaluations:evaluation_list", ""),
        ("evaluations:due_list", ""),
    ],
    "volunteer": [("desk:home", "")],
    "administrator": [
        ("desk:home", ""),
        ("accounts:organisation_list", ""),
        ("accounts:organisation_create", ""),
        ("accounts:organisation_change", "organisation"),
        ("accounts:site_save", "organisation"),
        ("desk:organisation_page", "organisation"),
        ("desk:organisation_close", "organisation"),
        ("exchange:head_create", "organisation"),
        ("exchange:undelivered_list", ""),
    ],
}
STRUCTURE = "?scope=structure"  # the whole of it: nobody's own caseload is filled here
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def addresses(world, role):
    for name, kind in SCREENS[role]:
        path = reverse(name, args=[world.pk(kind, "shared")] if kind else [])
        yield path + (STRUCTURE if name == "desk:caseload" else "")


def faults(page) -> list:
    page.evaluate(OPEN_ALL)
    found = Axe().run(page).response["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found]


@pytest.fixture
def world(transactional_db):
    return seeded.build()


def test_every_screen_is_accessible_and_fits(world, open_page):
    wrong = []
    for role in SCREENS:
        page = open_page("/", by=world.members[role])
        root = page.url.rstrip("/")
        for path in addresses(world, role):
            for width in (1400, 390):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.goto(root + path).status == 200, (role, path)
                wrong += [(role, path, width, fault) for fault in faults(page)]
            page.set_viewport_size({"width": 320, "height": 900})
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
                wrong.append((role, path, 320, f"{wide} pixels wide"))
    assert wrong == []


KEY = ("Repères", "Orientations dans le cadre de cette convention", "Parties et signataires")


def test_an_agreement_shows_facts_figures_and_parties_in_the_first_view(world, open_page):
    path = reverse("desk:agreement_page", args=[world.pk("agreement", "shared")])
    page = open_page(path, by=world.members["director"])
    places = [
        page.locator("section.card", has=page.get_by_role("heading", name=name)).bounding_box()
        for name in KEY
    ]
    facts, figures, parties = places
    assert all(place["y"] + place["height"] < 900 for place in places)
    assert facts["x"] > figures["x"] + figures["width"]
    assert figures["y"] == facts["y"] < parties["y"]


def test_an_agreement_keeps_its_order_on_a_phone(world, open_page):
    path = reverse("desk:agreement_page", args=[world.pk("agreement", "shared")])
    page = open_page(path, by=world.members["director"], width=390)
    heads = page.locator("main h2:visible").all_inner_texts()
    assert heads == [KEY[0], "Évaluations", *KEY[1:], *heads[4:]]


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/demonstration/mail/"]
)
def test_pages_of_signing_in_are_accessible_and_fit(open_page, path):
    page = open_page(path, width=320)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
