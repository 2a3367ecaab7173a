"""The caseload in the columns of an import: what leaves one structure is entered in another as it was."""

import datetime

import pytest

from exchange.imports.sheets import lines_of
from tests.exchange.files import content_of
from tests.factories import MembershipFactory, MissionLocaleFactory, YouthFactory
from youths.imports.cells import FIELDS
from youths.imports.importer import import_youths
from youths.models import ExternalId, Youth

URL = "/youths/sheet/?scope=structure"
TOLD = {
    "usual_name": "Zoé",
    "phone": "+32 470 12 34 56",
    "email": "zoe@example.org",
    "situation": "seeking",
    "interpreter": True,
    "priority_district": False,
    "languages": "français; anglais",
    "commune": "Port-Haut",
}


@pytest.mark.parametrize("chosen", ["csv", "xlsx"])
def test_what_is_taken_away_is_entered_elsewhere_with_equal_fields(
    as_member, director, mission_locale, chosen
):
    told = YouthFactory(organisation=mission_locale, last_name="LŒIL d’Or", **TOLD)
    known = YouthFactory(organisation=mission_locale, birth_date=datetime.date(2007, 3, 5))
    ExternalId.objects.create(organisation=mission_locale, youth=known, system="imilo", value="7")
    sheet = content_of(as_member(director).post(URL, {"format": chosen}))
    elsewhere = MembershipFactory(organisation=MissionLocaleFactory(), role="director")
    report = import_youths(lines_of(sheet), by=elsewhere)
    assert (report.created, report.refused) == (2, [])
    for youth, identifier in ((told, ("passerelle", str(told.pk))), (known, ("imilo", "7"))):
        system, value = identifier
        entered = ExternalId.objects.get(
            organisation=elsewhere.organisation, system=system, value=value
        ).youth
        assert {n: getattr(entered, n) for n in FIELDS} == {n: getattr(youth, n) for n in FIELDS}
    assert import_youths(lines_of(sheet), by=elsewhere).unchanged == 2


def test_a_protected_address_and_facts_for_the_team_stay(as_member, director, mission_locale):
    YouthFactory(
        organisation=mission_locale,
        protected_address=True,
        commune="Cachée",
        commune_insee="76540",
        recognised_disability=True,
    )
    sheet = content_of(as_member(director).post(URL)).decode()
    assert "Cachée" not in sheet
    assert "76540" not in sheet
    assert "disability" not in sheet


def test_it_is_the_directions_alone(as_member, director, counsellor, youth):
    assert as_member(counsellor).post(URL).status_code == 403
    assert "/youths/sheet/" not in as_member(counsellor).get("/youths/").content.decode()
    assert "/youths/sheet/" in as_member(director).get("/youths/?scope=structure").content.decode()


def test_it_costs_the_same_for_one_and_twenty(as_member, director, mission_locale, django_assert_num_queries):
    client = as_member(director)
    YouthFactory(organisation=mission_locale)
    with django_assert_num_queries(6):  # session, person, membership; count, rows; audit
        content_of(client.post(URL))
    YouthFactory.create_batch(19, organisation=mission_locale)
    with django_assert_num_queries(6):
        content_of(client.post(URL))
    assert Youth.objects.count() == 20
