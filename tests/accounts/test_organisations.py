"""The platform's administrator enters organisations; who runs one says where it is reached."""

import uuid

import pytest

from accounts.models import Event, Kind, Level, Organisation, Role
from accounts.organisations.actions import change_organisation
from accounts.organisations.siret import is_siret
from common.errors import NotPermitted
from tests.factories import MembershipFactory, MissionLocaleFactory, OrganisationFactory, SiteFactory

pytestmark = pytest.mark.django_db
NEW = "/organisations/new/"
SIRET = "73282932000074"


def typed(**changes):
    return {
        "record_id": str(uuid.uuid4()),
        "kind": "foundation",
        "name": "Maison des métiers du fleuve",
        "level": "local",
        "commune": "Port-Haut",
        "commune_insee": "2a004",
    } | changes


def values_of(organisation, **changes):
    names = ("name", "siret", "level", "address", "commune", "commune_insee", "region", "phone", "email")
    shown = {name: getattr(organisation, name) for name in names}
    return shown | {"expected": organisation.version, "parent": organisation.parent_id or ""} | changes


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        (SIRET, True),
        ("73282932000075", False),
        ("35600000000048", True),  # head office of La Poste, by Luhn
        ("35600000049837", True),  # one of its post offices, by its own sum
        ("35600000049838", False),
        ("7328293200007", False),
        ("7328293200007x", False),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", False),
        ("", False),
    ],
)
def test_the_figures_of_a_siret_check_each_other(number, is_one):
    assert is_siret(number) == is_one


def test_the_administrator_enters_one_and_a_double_click_one_only(as_member, administrator):
    browser, sent = as_member(administrator), typed(siret="732 829 320 00074")
    for _click in range(2):
        answer = browser.post(NEW, sent)
        assert answer.status_code == 302, answer.context["form"].errors
    made = Organisation.objects.get(name=sent["name"])
    assert answer.url == f"/organisations/{made.pk}/"
    assert (made.siret, made.short_name, made.commune_insee) == (
        SIRET,
        "maison-des-metiers-du-fleuve",
        "2A004",
    )
    assert Event.objects.filter(subject_id=made.pk, verb="created", by=administrator).count() == 1


def test_a_siret_that_is_known_is_refused_beside_its_field(as_member, administrator, partner):
    Organisation.objects.filter(pk=partner.pk).update(siret=SIRET)
    answer = as_member(administrator).post(NEW, typed(siret=SIRET, anyway="1"))
    assert answer.status_code == 422
    assert partner.name in answer.context["form"].errors["siret"][0]
    assert 'value="Maison des métiers du fleuve"' in answer.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"siret": "73282932000075"}, "siret"),
        ({"commune_insee": "130"}, "commune_insee"),
        ({"name": ""}, "name"),
        ({"email": "accueil"}, "email"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(as_member, administrator, wrong, field):
    answer = as_member(administrator).post(NEW, typed(**wrong))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(
    "known",
    [
        {"name": "MAISON DES METIERS DU FLEUVE"},
        {"name": "Métiers du fleuve, la Maison"},
        {"name": "Maison de métier du fleuve"},
        {"name": "Tout autre chose", "commune_insee": "2A004"},
    ],
)
def test_what_may_be_the_same_is_shown_first(as_member, administrator, known):
    other = OrganisationFactory(kind=Kind.FOUNDATION, **known)
    OrganisationFactory(kind=Kind.FOUNDATION, name="Un garage", commune_insee="13055")
    browser, sent = as_member(administrator), typed()
    answer = browser.post(NEW, sent)
    assert answer.status_code == 422
    assert answer.context["like_it"] == [other]
    assert browser.post(NEW, sent | {"anyway": "1"}).status_code == 302


def test_two_of_one_name_get_short_names_of_their_own(as_member, administrator):
    for _one in range(2):
        as_member(administrator).post(NEW, typed(anyway="1"))
    found = Organisation.objects.filter(name=typed()["name"]).values_list("short_name", flat=True)
    assert sorted(found) == ["maison-des-metiers-du-fleuve", "maison-des-metiers-du-fleuve-2"]


def test_a_network_is_one_of_its_own_world_and_never_below_itself(as_member, administrator):
    union = OrganisationFactory(kind=Kind.NATIONAL_UNION, level=Level.NATIONAL)
    regional = OrganisationFactory(kind=Kind.REGIONAL_UNION, level=Level.REGIONAL, parent=union)
    browser = as_member(administrator)
    answer = browser.post(NEW, typed(parent=union.pk))
    assert "parent" in answer.context["form"].errors
    for above in (union, regional):
        answer = browser.post(f"/organisations/{union.pk}/change/", values_of(union, parent=above.pk))
        assert "parent" in answer.context["form"].errors
    sent = typed(kind="mission_locale", parent=regional.pk)
    assert browser.post(NEW, sent).status_code == 302


@pytest.mark.parametrize("persona", ["director", "lead"])
def test_who_runs_it_says_where_it_is_reached_and_no_more(request, as_member, persona):
    head = request.getfixturevalue(persona)
    own, browser = head.organisation, as_member(head)
    page = f"/organisations/{own.pk}/change/"
    assert "siret" not in browser.get(page).context["form"].fields
    sent = values_of(own, phone="04 00 00 00 00", name="Autre nom", is_sensitive="on")
    assert browser.post(page, sent).url == own.get_absolute_url()
    own.refresh_from_db()
    assert (own.phone, own.name == "Autre nom", own.is_sensitive) == ("04 00 00 00 00", False, False)
    assert Event.objects.get(subject_id=own.pk).after == {"phone": "04 00 00 00 00"}
    with pytest.raises(NotPermitted):
        change_organisation(own, by=head, expected=own.version, name="Autre nom")
    assert browser.get(f"/organisations/{MissionLocaleFactory().pk}/change/").status_code == 403


def test_two_who_change_it_see_each_other(as_member, administrator, director):
    own = director.organisation
    seen, page = values_of(own), f"/organisations/{own.pk}/change/"
    as_member(director).post(page, seen | {"address": "1 rue du Port"})
    browser = as_member(administrator)
    answer = browser.post(page, seen | {"address": "2 rue du Quai", "region": "Bretagne"})
    assert answer.status_code == 422
    assert "1 rue du Port" in answer.text
    assert "2 rue du Quai" in answer.text
    again = seen | {"address": "2 rue du Quai", "expected": answer.context["form"]["expected"].value()}
    assert browser.post(page, again).status_code == 302


def test_sites_are_added_and_named_anew_by_who_runs_it(as_member, director):
    own, browser = director.organisation, as_member(director)
    page = f"/organisations/{own.pk}/sites/"
    assert browser.post(page, {"name": "Nord", "commune": "Port-Haut"}).status_code == 302
    assert "déjà" in browser.post(page, {"name": "Nord"}).text
    site = own.sites.get()
    assert browser.post(f"{page}?site={site.pk}", {"name": "Nord-Est"}).status_code == 302
    own.refresh_from_db()
    assert (own.sites.get().name, own.version) == ("Nord-Est", 3)
    elsewhere = SiteFactory()
    for asked in (elsewhere.pk, "x", "99999999999999999999"):
        assert browser.get(f"{page}?site={asked}").status_code == 404


def test_the_directory_is_narrowed_and_costs_the_same(as_member, agent, django_assert_num_queries):
    OrganisationFactory.create_batch(20, kind=Kind.CHAMBER)
    browser = as_member(agent)
    with django_assert_num_queries(6):  # session, user, memberships, unread, count, rows with their networks
        page = browser.get("/organisations/?kind=chamber")
    assert page.context["count"] == 20
    assert "maison-des-metiers" not in page.text
    assert browser.get("/organisations/?q=maison").context["count"] == 1


def test_the_administrator_finds_it_in_the_frame(as_member, administrator):
    assert 'href="/organisations/"' in as_member(administrator).get("/").text


def test_an_organisation_keeps_its_kind(as_member, administrator):
    member = MembershipFactory(role=Role.DIRECTOR)
    own = member.organisation
    as_member(administrator).post(f"/organisations/{own.pk}/change/", values_of(own, kind="chamber"))
    own.refresh_from_db()
    assert own.kind == Kind.MISSION_LOCALE
