"""Reads that are made into SQL once say the same as the querysets that they were made of."""

import datetime

import pytest

from accounts.middleware import memberships
from accounts.prepared import ForReader
from common import clock
from desk.caseload import counted
from desk.homes import counsellor, director
from desk.timeline import Shown, entries_of, first_positions
from desk.views.youth_file import beside
from exchange.models import Document
from partnerships.models import Agreement
from partnerships.models.agreement_queryset import READERS, visible_agreements
from tests.factories import SiteFactory
from tests.seeded import CLIENTS, MEMBERS
from youths.api.accompaniment import told
from youths.models import Accompaniment, Participation, Share, Youth
from youths.models.accompaniment import of_the_structure, shares_read
from youths.models.share import open_shares

LATER = clock.today() + datetime.timedelta(800)  # the agreement is over
LONG_AGO = {"since": clock.now() - datetime.timedelta(4000)}
COUNTED = {"late": {}, "today": {}, "answered": LONG_AGO, "silent": LONG_AGO}
READS = {
    "open_shares": (open_shares, (), {}),
    "shares_read": (shares_read, (), {}),
    "visible_agreements": (visible_agreements, (), {}),
    "next_actions": (counsellor.next_actions, (), {}),
    "answered": (counsellor.answered, (), LONG_AGO),
    "given": (counsellor.given, (), LONG_AGO),
    "taken": (counsellor.taken, (), LONG_AGO),
    "opened": (counsellor.opened, (), {}),
    "held_by_referent": (director.by_referent, ("held",), {}),
    "late_by_referent": (director.by_referent, ("late",), {}),
    "answered_by_partner": (director.answered, (), LONG_AGO),
    **{f"{name}_counted": (counted, (name,), values) for name, values in COUNTED.items()},
}

pytestmark = pytest.mark.django_db
whoever = pytest.mark.parametrize("who", [*MEMBERS, *CLIENTS])


def plainly(prepared, member, *more, **values) -> list:
    return sorted(prepared.said(member, *more, **values), key=str)


OF_A_FILE = {
    **{f"{what}_beside": (beside, what) for what in ("reminders", "referrals", "team", "referents")},
    **{f"positions_{shown or 'all'}": (first_positions, shown) for shown in ("", *Shown.values)},
}


@whoever
@pytest.mark.parametrize("name", OF_A_FILE)
def test_what_a_file_reads_is_of_the_plain_queryset(world, who, name):
    prepared, what = OF_A_FILE[name]
    asked = {"youth": world.pk("youth", "shared")}
    for _ in range(2):
        rows = prepared.rows(world.members[who], what, **asked)
        assert sorted(rows, key=str) == plainly(prepared, world.members[who], what, **asked)


@whoever
@pytest.mark.parametrize(("name", "kind"), [("contact", "accompaniment"), ("referral_sent", "referral")])
def test_entries_are_of_the_plain_queryset(world, who, name, kind):
    asked = {"youth": world.pk("youth", "shared"), "pk_0": world.pk(kind, "shared")}
    rows = entries_of.rows(world.members[who], name, **asked)
    assert rows == list(entries_of.said(world.members[who], name, **asked))
    assert bool(rows) == (who in {"counsellor", "director", "client_of_ours"}) or kind == "referral"


@whoever
@pytest.mark.parametrize("name", READS)
def test_the_rows_are_those_of_the_plain_queryset_for_every_role(world, who, name, settings):
    prepared, more, values = READS[name]
    asked = (world.members[who], *more)

    def say_the_same() -> bool:
        return sorted(prepared.rows(*asked, **values), key=str) == plainly(prepared, *asked, **values)

    assert say_the_same()  # written, then found written
    assert say_the_same()
    with clock.at(LATER):
        assert say_the_same()
    settings.SECOND_FACTOR_REQUIRED = True
    assert say_the_same()


@whoever
@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_of_a_referent_and_a_site_is_of_the_plain_queryset(world, who, name):
    site = SiteFactory(organisation=world.members["counsellor"].organisation)
    Youth.objects.filter(pk=world.pk("youth", "shared")).update(site=site)
    referent = world.members["counsellor"].pk
    for asked in ({"site": site.pk}, {"referent": referent}, {"referent": referent, "site": site.pk}):
        values = COUNTED[name] | asked
        rows = counted.rows(world.members[who], name, **values)
        assert sorted(rows, key=str) == plainly(counted, world.members[who], name, **values)


@whoever
def test_a_partner_has_its_open_shares_and_nobody_else_any(world, who, settings):
    member = world.members[who]
    is_reader = member.is_mission_locale_staff or member.is_partner_staff
    shares = list(Share.objects.open_to(member))
    assert sorted(shares, key=str) == (plainly(open_shares, member) if is_reader else [])
    assert bool(shares) == member.is_partner_staff
    with clock.at(LATER):
        assert not Share.objects.open_to(member).exists()
    settings.SECOND_FACTOR_REQUIRED = True
    assert Share.objects.open_to(member).exists() == (who == "client_of_the_partner")


@whoever
def test_visible_agreements_are_those_of_the_plain_queryset(world, who):
    member = world.members[who]
    expected = plainly(visible_agreements, member) if member.reads_as in READERS else []
    assert sorted(Agreement.objects.visible_to(member), key=str) == expected


def test_readers_of_one_role_have_one_text_and_their_own_ids(world):
    ours, theirs = world.members["client_of_ours"], world.members["client_of_the_partner"]
    first, second, other = (open_shares.ids(member) for member in (ours, ours, theirs))
    assert first.sql == second.sql
    assert first.params == second.params
    assert first.params != other.params


@whoever
def test_what_the_queryset_joins_comes_with_the_rows(world, who, django_assert_num_queries):
    member = world.members[who]
    with django_assert_num_queries(1):
        (row,) = memberships.rows(user=member.user_id)
        assert (row, row.organisation, row.user) == (member, member.organisation, member.user)


def test_a_value_that_was_computed_with_is_a_mistake(world):
    @ForReader
    def hasty(member, *, since):
        return Share.objects.filter(created_at__gte=since - clock.ONE_DAY)

    with pytest.raises(TypeError, match=r"hasty does not hand on \['since'\]"):
        hasty.rows(world.members["director"], since=clock.now())


@whoever
def test_a_condition_holds_for_the_rows_of_the_plain_queryset_wherever_the_table_is_asked(world, who):
    """Also below another question whose own names of tables are those that the condition uses inside."""
    member = world.members[who]
    rows = Accompaniment.objects.filter(of_the_structure.condition(member))
    plain = of_the_structure.said(member)
    assert sorted(rows, key=str) == sorted(plain, key=str)
    asked = [Participation.objects.filter(accompaniment__in=found) for found in (rows, plain)]
    youths = [Youth.objects.filter(pk__in=ties.values("youth")) for ties in asked]
    nested = [Youth.objects.filter(pk__in=found.values("pk")).order_by("pk") for found in youths]
    assert list(nested[0]) == list(nested[1])
    assert bool(nested[0]) == (member.organisation_id == world.members["counsellor"].organisation_id)


@whoever
@pytest.mark.parametrize("way", ["own files", "own notes", "shared", "passed on"])
def test_whom_contacts_name_is_of_the_plain_queryset(world, who, way):
    asked = (world.members[who], way)
    noted = [
        world.pk("accompaniment", "shared"),
        world.pk("accompaniment", "noted"),
        world.pk("note", "shared"),
    ]
    found = told.rows(*asked, noted=noted)
    assert found == list(told.said(*asked, noted=noted))
    assert found or (way, who) not in {("own files", "counsellor"), ("shared", "agent")}


@whoever
def test_the_shares_of_one_young_person_are_those_of_the_plain_queryset(world, who):
    asked = {"youth": world.pk("youth", "shared")}
    rows = shares_read.rows(world.members[who], **asked)
    assert sorted(rows, key=str) == plainly(shares_read, world.members[who], **asked)
    everyone = shares_read.rows(world.members[who])
    assert sorted(rows, key=str) == sorted((row for row in everyone if row.youth == asked["youth"]), key=str)
    assert bool(rows) == world.members[who].is_partner_staff


def test_of_one_kind_of_record_is_read_what_is_read_of_all(world):
    of_a_file = Document.objects.on(world.records["youth", "shared"])
    for who, member in world.members.items():
        alone = of_a_file.visible_to(member, kinds=[Youth])
        assert set(alone) == set(of_a_file.visible_to(member)), who
    assert of_a_file.visible_to(world.members["counsellor"], kinds=[Youth]).exists()
