"""Fictitious data by the million: what the database accepts, what the verbs would have written, and nobody real."""

import random
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, F, Q
from django.urls import reverse

from accounts.models import Event, Kind, Membership, Organisation, Role, User
from common import clock
from demonstration.bulk.places import caseloads, sizes
from demonstration.bulk.referred import STEPS
from demonstration.bulk.rows import TABLES
from demonstration.bulk.tables import Table
from exchange.models import Document, Message
from partnerships.models import Agreement
from partnerships.models.choices import Phase
from referrals.models import Referral
from tests.factories import ReferralFactory, ServiceOfferFactory, YouthFactory
from youths.actions import log_accompaniment, receive
from youths.models import Accompaniment, FollowUp, Participation, ReferentAssignment, Reminder, Share, Youth

pytestmark = pytest.mark.django_db


def bulk(**options):
    out = StringIO()
    call_command("bulk_data", stdout=out, **{"youths": 120, "missions_locales": 3} | options)
    return out.getvalue()


@pytest.fixture
def loaded(db):
    bulk()


@pytest.mark.usefixtures("loaded")
def test_there_are_as_many_files_as_were_asked_for_in_structures_of_different_sizes():
    sizes = Youth.objects.values("organisation").annotate(number=Count("pk")).values_list("number", flat=True)
    assert sum(sizes) == 120
    assert len(sizes) == 3
    assert max(sizes) > min(sizes)
    assert Accompaniment.objects.count() > 300


@pytest.mark.usefixtures("loaded")
def test_the_rows_pass_what_forms_ask_too():
    for model in (Youth, FollowUp, Accompaniment, Reminder, Share, Referral, Document, Message):
        for row in model.objects.order_by("pk")[:20]:
            row.validate_constraints()
            row.clean_fields(exclude={field.name for field in model._meta.fields if field.null})
    for youth in Youth.objects.all()[:20]:
        youth.full_clean(validate_unique=False)


@pytest.mark.usefixtures("loaded")
def test_what_is_kept_on_rows_agrees_with_where_it_comes_from():
    assert set(Youth.objects.waiting()) == set(Youth.objects.filter(follow_ups=None))
    assert not FollowUp.objects.exclude(structure=F("youth__organisation")).exists()
    same = {name: F(f"accompaniment__{name}") for name in ("structure", "happened_at", "audience")}
    assert Participation.objects.filter(**same).count() == Participation.objects.count()
    assert Accompaniment.objects.filter(youths=None).count() == 0


@pytest.mark.usefixtures("loaded")
def test_some_files_have_a_document_and_some_referrals_a_conversation():
    assert 0 < Document.objects.count() < Youth.objects.count()
    for message in Message.objects.select_related("author")[:20]:
        referral = message.record
        assert message.author.organisation_id in {referral.sender_id, referral.recipient_id}
    assert Message.objects.exists()


@pytest.mark.usefixtures("loaded")
def test_every_open_follow_up_has_one_referent_who_works_there():
    named = Count("assignments", filter=Q(assignments__ends_at=None, assignments__referent=F("referent")))
    assert set(FollowUp.objects.open().annotate(named=named).values_list("named", flat=True)) == {1}
    assert not FollowUp.objects.exclude(referent__organisation=F("structure")).exists()


@pytest.mark.usefixtures("loaded")
def test_it_holds_the_odd_cases_of_a_network():
    houses = Organisation.objects.filter(kind=Kind.MISSION_LOCALE)
    assert houses.exclude(pk__in=Youth.objects.values("organisation")).count() == 1
    assert Youth.objects.filter(last_name="O").count() == 3
    leavers = Membership.objects.filter(ends_on__lt=clock.today())
    assert not FollowUp.objects.open().filter(referent__in=leavers).exists()
    assert ReferentAssignment.objects.filter(referent__in=leavers).exclude(ends_at=None).exists()
    over = Agreement.objects.over()
    assert {agreement.phase() for agreement in over} == {Phase.EXPIRED, Phase.ENDED}
    assert not Share.objects.filter(ground__in=over, closed_at=None).exists()
    twice = Referral.objects.values("youth").annotate(partners=Count("recipient", distinct=True))
    assert twice.filter(partners=2).exists()
    assert (
        Referral.objects.values("recipient")
        .annotate(senders=Count("sender", distinct=True))
        .filter(senders=3)
    )
    assert Accompaniment.objects.filter(audience="partner").exists()


def test_structures_and_caseloads_are_as_large_as_in_the_network():
    files = sizes(1_000_000, 431)
    assert (sum(files), len(files), max(files)) == (1_000_000, 431, 20_000)
    assert 200 < min(files) < 1_500
    dealt = caseloads(14_000, random.Random(1), heaviest=2_000)
    assert (sum(dealt), max(dealt)) == (14_000, 2_000)
    assert all(100 <= number <= 200 for number in dealt[1:])
    assert caseloads(0, random.Random(1)) == [0]


def keys_and_indexes():
    with connection.cursor() as cursor:
        return {
            model: connection.introspection.get_constraints(cursor, model._meta.db_table) for model in TABLES
        }


def test_every_key_and_index_stands_again_afterwards(db):
    before = keys_and_indexes()
    bulk()
    assert keys_and_indexes() == before
    connection.check_constraints()


def test_cut_in_the_middle_it_leaves_everything_as_it_was(db, monkeypatch):
    before = keys_and_indexes()
    monkeypatch.setattr(Table, "fill", lambda *_rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bulk()
    assert not Organisation.objects.exists()
    assert keys_and_indexes() == before


def blanks(row) -> set[str]:
    """The columns that hold nothing."""
    return {field.attname for field in row._meta.concrete_fields if getattr(row, field.attname) is None}


def test_rows_are_as_the_verbs_write_them(loaded, counsellor, mission_locale):
    site = mission_locale.sites.create(name="Centre")
    youth = receive(
        YouthFactory.build(organisation=mission_locale, site=site), by=counsellor, referent=counsellor
    )
    contact = Accompaniment(kind="call", next_step="Rappeler", next_on=clock.today())
    log_accompaniment(contact, by=counsellor, youths=[youth])
    ours = FollowUp.objects.open().exclude(youth=youth)
    reminder = Reminder.objects.open().exclude(youth=youth).select_related("accompaniment")[0]
    pairs = [
        (ours[0].youth, Youth.objects.get(pk=youth.pk)),
        (ours[0], FollowUp.objects.get(youth=youth)),
        (ours[0].assignments.get(ends_at=None), ReferentAssignment.objects.get(follow_up__youth=youth)),
        (reminder, Reminder.objects.get(youth=youth)),
        (reminder.accompaniment, Accompaniment.objects.get(pk=contact.pk)),
    ]
    for made, written in pairs:
        assert blanks(made) == blanks(written)
    for model in (Youth, Accompaniment):
        ours_told, told = (
            Event.objects.filter(
                verb="created", subject_type=model._meta.label_lower, by__user__email__endswith=end
            )
            for end in ("@bulk.example", counsellor.user.email)
        )
        assert set(told[0].after) - set(ours_told[0].after) <= {"youths", "themes"}
    verbs = set(Event.objects.filter(about_id=ours[0].youth_id).values_list("verb", "subject_type"))
    assert verbs >= set(Event.objects.filter(about_id=youth.pk).values_list("verb", "subject_type"))


def test_referrals_are_as_their_steps_leave_them(loaded, counsellor, lead, youth, agreement):
    said = {
        "decline": {"reason": "no_place"},
        "complete": {"outcome": "work"},
        "stop": {"outcome": "dropped"},
    }
    ours = Referral.objects.exclude(recipient=lead.organisation).select_related("share")
    for status, steps in STEPS.items():
        offer = ServiceOfferFactory(organisation=lead.organisation)
        written = ReferralFactory(
            status="draft",
            youth=youth,
            author=counsellor,
            sender=counsellor.organisation,
            recipient=lead.organisation,
            agreement=agreement,
            offer=offer,
        )
        written.send(by=counsellor)
        for step in steps:
            getattr(written, step)(by=lead, **said.get(step, {}))
        written = Referral.objects.select_related("share").get(pk=written.pk)
        made = ours.filter(status=status)[0]
        assert blanks(made) == blanks(written)
        assert blanks(made.share) == blanks(written.share)
        assert made.share.takes_notes == written.share.takes_notes
        verbs = [set(Event.objects.filter(subject_id=r.pk).values_list("verb")) for r in (made, written)]
        assert verbs[0] - {("created",)} == verbs[1]


@pytest.mark.usefixtures("loaded")
def test_people_see_it_as_they_see_their_own(as_member):
    follow_up = FollowUp.objects.open().select_related("referent__user")[0]
    page = as_member(follow_up.referent).get(reverse("desk:youth_file", args=[follow_up.youth_id]))
    assert page.status_code == 200
    lead = Membership.objects.filter(role=Role.LEAD, organisation__in=Referral.objects.values("recipient"))[0]
    assert as_member(lead).get(reverse("referrals:referral_list")).context["page"].rows
    assert (
        Share.objects.open_to(lead).exists()
        == Share.objects.filter(organisation=lead.organisation, closed_at=None).exists()
    )


@pytest.mark.usefixtures("loaded")
def test_the_same_seed_is_loaded_once_and_another_beside_it():
    with pytest.raises(CommandError, match="seed 1 is here already"):
        bulk()
    bulk(seed=2)
    assert Youth.objects.count() == 240


def test_the_same_seed_gives_the_same_people(db):
    bulk(seed=5)
    first = list(Youth.objects.order_by("pk").values_list("pk", "search"))
    for model in (Event, Referral):
        assert model.objects.exists()
    assert len({name for _pk, name in first}) > 60
    assert all(user.email.endswith("@bulk.example") for user in User.objects.all())


def test_nothing_is_put_beside_real_people(db):
    User.objects.create(email="quelquun@mission-locale.fr", first_name="Une", last_name="Personne")
    with pytest.raises(CommandError, match="real people"):
        bulk()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("odd", [{"youths": 0}, {"missions_locales": 0}, {"youths": 2}, {"contacts": 0}])
def test_odd_numbers_are_refused(db, odd):
    with pytest.raises(CommandError, match="at least"):
        bulk(**odd)
    assert not Youth.objects.exists()
