"""The demonstration: loaded once, looked at from many sides."""

import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import DateTimeField, Max
from django.test import Client
from django.urls import reverse

from accounts.models import Event, Membership, Organisation, User
from common import clock
from demonstration.accounts import ACCOUNTS, PASSWORD
from demonstration.load import empty, is_empty
from demonstration.management.commands import demo
from demonstration.plans import plans
from evaluations.models import Evaluation, Report
from exchange.models import Invitation, Message, PersonalLink
from partnerships.models import Agreement, Phase
from referrals.models import Referral
from referrals.workflow import Status
from youths.models import Accompaniment, FollowUp, Reminder, Youth, YouthImport

pytestmark = pytest.mark.django_db

EMAILS = [f"{mailbox}@{short_name}.example" for mailbox, _, _, short_name, _, _ in ACCOUNTS]
SHORT_NAMES = {"ml-marseille", "ml-saint-etienne", "auteuil", "interim", "unml", "urml-pdl"}
# Beginnings of words that the law keeps out of a file: health, beliefs, offences, origins.
NEVER_NOTED = re.compile(
    r"\b(sant[ée]|malad|médec|médic|hôpital|hospit|soin|soign|thérap|psych|dépress|addict|drog|alcool|handicap"
    r"|enceinte|grossesse|relig|église|mosquée|synagog|prière|voile|jeûne|ramadan|police|gendarm|prison|délit"
    r"|condamn|incarc|judiciaire|tribunal|vol\b|nationalit|étranger|immigr|réfugi|syndic|politique|ethni)",
    re.IGNORECASE,
)


@pytest.fixture(scope="module", autouse=True)
def said(django_db_setup, django_db_blocker):
    """What the command printed. Loaded for the whole module, and gone after it."""
    output = StringIO()
    with django_db_blocker.unblock():
        call_command("demo", stdout=output)
        yield output.getvalue()
        empty()


def member(address) -> Membership:
    return Membership.objects.get(user__email=f"{address}.example")


def test_it_refuses_a_database_that_is_not_empty():
    with pytest.raises(CommandError, match="--reset"):
        call_command("demo")


def test_if_empty_only_prints_what_is_there(said):
    output = StringIO()
    before = Event.objects.count()
    call_command("demo", if_empty=True, stdout=output)
    assert output.getvalue() == said
    assert Event.objects.count() == before


def test_verbosity_nought_prints_nothing():
    output = StringIO()
    call_command("demo", if_empty=True, verbosity=0, stdout=output)
    assert not output.getvalue()


def test_it_is_refused_where_real_people_are(settings):
    settings.FICTITIOUS = False
    with pytest.raises(CommandError):
        call_command("demo", reset=True)
    assert not is_empty()


def test_reset_empties_before_it_loads(monkeypatch):
    found_empty = []
    monkeypatch.setattr(demo, "load", lambda: found_empty.append(is_empty()))
    call_command("demo", reset=True, verbosity=0)
    assert found_empty == [True]
    assert not User.objects.exists()
    assert not Event.objects.exists()


def test_it_says_who_can_sign_in_and_where_to_look(said, settings):
    for email in EMAILS:
        assert email in said
    assert PASSWORD in said
    for address in (Evaluation.objects.get().get_absolute_url(), charter().get_absolute_url()):
        assert settings.SITE_URL + address in said
    assert reverse("evaluations:report_file", args=[Report.objects.get().pk]) in said


def test_the_promised_organisations_exist():
    assert set(Organisation.objects.values_list("short_name", flat=True)) >= SHORT_NAMES


@pytest.mark.parametrize("email", EMAILS)
def test_every_account_signs_in_and_finds_a_home(email):
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    assert answer.status_code == 302
    assert browser.get(reverse("desk:home")).status_code == 200


def test_nobody_else_has_a_password():
    others = User.objects.exclude(email__in=EMAILS)
    assert others.exists()
    assert not any(user.has_usable_password() for user in others)


def test_both_missions_locales_follow_some_sixty_people():
    for short_name in ("ml-marseille", "ml-saint-etienne"):
        own = Youth.objects.filter(organisation__short_name=short_name)
        assert 55 <= own.count() <= 65
        assert own.waiting().exists()
        assert FollowUp.objects.filter(youth__in=own, closed_at__isnull=False).exists()
    assert (
        FollowUp.objects.annotate(n=Max("assignments__ends_at"))
        .filter(n__isnull=False, closed_at=None)
        .exists()
    )


def test_the_first_counsellor_has_something_to_do():
    sofia, today = member("conseillere@ml-marseille"), clock.today()
    own = Youth.objects.followed_by(sofia)
    assert own.concerned_by(Reminder.objects.late()).count() == 4
    assert own.concerned_by(Reminder.objects.of_today()).count() == 5
    assert own.concerned_by(Reminder.objects.open().filter(due_on__gt=today)).exists()
    assert own.concerned_by(FollowUp.objects.silent()).count() == 8
    assert Referral.objects.filter(author=sofia).answered_unread(clock.now() - 7 * clock.ONE_DAY).count() >= 2


def test_the_partner_has_something_to_answer():
    waiting = Referral.objects.visible_to(member("agent@auteuil")).to_answer()
    assert 2 <= waiting.count() <= 4
    assert waiting.filter(urgency="urgent").count() == 1
    assert waiting.late().count() == 1
    assert Referral.objects.visible_to(member("agent@interim")).to_answer().exists()


def test_referrals_have_every_end():
    reached = set(Referral.objects.values_list("status", flat=True))
    assert reached == set(Status) - {Status.DRAFT}
    assert Referral.objects.filter(by_letter=True).count() == 1


def test_agreements_stand_at_every_stage():
    phases = {agreement.phase() for agreement in Agreement.objects.all()}
    assert {Phase.DRAFT, Phase.CO_CONSTRUCTION, Phase.TO_SIGN, Phase.IN_FORCE, Phase.EXPIRED} <= phases
    assert all(practice.state for practice in charter().practices.all())


def test_the_first_year_of_the_charter_is_evaluated():
    evaluation = Evaluation.objects.get()
    assert evaluation.agreement == charter()
    assert evaluation.is_published
    assert 40 <= evaluation.figures["indicators"]["referrals_sent"]["value"] <= 50
    assert Report.objects.get().is_open


def test_two_are_invited_and_have_not_answered():
    invited = {invitation.pk: invitation for invitation in Invitation.objects.waiting()}
    assert {invitation.role for invitation in invited.values()} == {"counsellor", "lead"}
    for link in PersonalLink.objects.all():
        assert (link.subject, link.closed_because) == (invited.pop(link.subject_id), "")
        assert link.email.endswith(".example")
    assert not invited


def test_a_table_waits_to_be_looked_at():
    job = YouthImport.objects.get()
    assert job.waits_for_an_answer
    assert job.result["created"] == 1
    assert job.result["words"] == {"situation": {"Cherche un emploi": 1}}
    assert len(job.result["resembling"]) >= 1
    assert job.number_refused == 5


def test_nothing_lies_in_the_future():
    """But when a link ends."""
    now = clock.now()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, DateTimeField) and field.name != "expires_at":
                latest = model._base_manager.aggregate(latest=Max(field.name))["latest"]
                assert latest is None or latest <= now, f"{model.__name__}.{field.name}"


def test_telephones_lie_in_the_range_kept_for_fiction():
    phones = list(Youth.objects.values_list("phone", flat=True))
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"06 39 98 \d\d \d\d", phone) for phone in phones)


def test_addresses_lead_nowhere():
    emails = [*Youth.objects.values_list("email", flat=True), *User.objects.values_list("email", flat=True)]
    assert all(email.endswith(".example") for email in emails if email)


def test_no_note_says_what_a_file_may_not_hold():
    notes = Accompaniment.objects.values_list("text", "next_step")
    answers = Referral.objects.values_list("motive", "answer_note", "outcome_note")
    written = Message.objects.values_list("text")
    for texts in {*notes, *answers, *written}:
        for text in texts:
            assert not NEVER_NOTED.search(text), text
            assert "{" not in text
            assert not re.search(r"\b[àd]e? les? ", text), text


def test_both_sides_write_to_each_other_about_what_runs():
    talked = {message.record for message in Message.objects.all()}
    assert {referral.status for referral in talked} == {Status.SENT, Status.ACCEPTED, Status.UNDER_WAY}
    for referral in talked:
        sides = {message.author.organisation_id for message in Message.objects.on(referral).for_list()}
        assert sides == {referral.sender_id, referral.recipient_id}


def test_the_same_people_live_in_every_load():
    told = {(plan.name.first, plan.name.last, plan.phone) for plan in plans()}
    assert told == {(plan.name.first, plan.name.last, plan.phone) for plan in plans()}
    assert told == set(Youth.objects.values_list("first_name", "last_name", "phone"))


def charter() -> Agreement:
    return Agreement.objects.get(kind="charter")
