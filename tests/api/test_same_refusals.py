"""What a page refuses the API refuses, and the other way round: the rule stands in the verb, under both."""

import pytest
from django.db import transaction
from django.urls import reverse

from referrals.workflow import Status
from tests.factories import EvaluationFactory, ReferralFactory
from youths.models import Accompaniment, Youth

EVERYONE = [
    "counsellor",
    "colleague",
    "director",
    "reception",
    "volunteer",
    "agent",
    "lead",
    "stranger_counsellor",
    "stranger_agent",
    "network",
    "administrator",
]


@pytest.fixture
def referred(agreement, counsellor, partner, youth):
    usual = {"sender": youth.organisation, "recipient": partner, "youth": youth, "author": counsellor}

    def made(status):
        return ReferralFactory(agreement=agreement, status=status, **usual)

    return made


def is_done(call, happened) -> bool:
    """Whether the act took place; undone afterwards, so that the other way starts from the same state."""
    with transaction.atomic():
        answer = call()
        done = happened()
        assert answer.status_code < 500
        transaction.set_rollback(True)
    return done


def noted(client, api, referral, structure):
    """A contact: by the structure in the file, by a partner at its referral, by either in the API."""
    url = (
        reverse("youths:accompaniment_create", args=[referral.youth_id])
        if structure
        else reverse("referrals:contact_create", args=[referral.pk])
    )
    typed = {"kind": "call", "made": "1", "text": "Vu.", "reminder": "none", "audience": "structure"}
    body = {"kind": "call", "text": "Vu.", "youths": [str(referral.youth_id)]}
    return (
        is_done(lambda: client.post(url, typed), Accompaniment.objects.exists),
        is_done(lambda: api.post("accompaniments/", body), Accompaniment.objects.exists),
    )


@pytest.mark.parametrize("status", [Status.SENT, Status.ACCEPTED, Status.UNDER_WAY, Status.COMPLETED])
@pytest.mark.parametrize("role", EVERYONE)
def test_noting_a_contact(request, as_member, as_caller, referred, role, status):
    member, referral = request.getfixturevalue(role), referred(status)
    structure = member.organisation_id == referral.sender_id
    by_page, by_api = noted(as_member(member), as_caller(member), referral, structure)
    assert by_page == by_api
    partner_may = role in {"agent", "lead"} and status in {Status.ACCEPTED, Status.UNDER_WAY}
    assert by_api == (role in {"counsellor", "colleague", "director"} or partner_may)


def test_both_say_why_in_the_same_words(as_member, as_caller, referred, agent):
    referral = referred(Status.SENT)
    page = as_member(agent).post(
        reverse("referrals:contact_create", args=[referral.pk]), {"kind": "call", "made": "1"}
    )
    body = {"kind": "call", "youths": [str(referral.youth_id)]}
    problem = as_caller(agent).post("accompaniments/", body)
    assert (page.status_code, problem.status_code) == (422, 409)
    assert problem.json()["detail"] in page.context["contact_form"].non_field_errors()


@pytest.mark.parametrize("role", EVERYONE)
def test_changing_a_file(request, as_member, as_caller, youth, role):
    member = request.getfixturevalue(role)
    client, api = as_member(member), as_caller(member)
    typed = {"first_name": "Zoé", "last_name": youth.last_name, "birth_date": youth.birth_date.isoformat()}
    typed |= {"version": youth.version}
    tag = {"If-Match": f'"{youth.version}-0"'}

    def is_changed():
        return Youth.objects.get(pk=youth.pk).first_name == "Zoé"

    by_page = is_done(lambda: client.post(reverse("youths:youth_edit", args=[youth.pk]), typed), is_changed)
    by_api = is_done(lambda: api.patch(f"youths/{youth.pk}/", {"first_name": "Zoé"}, **tag), is_changed)
    assert by_page == by_api == (role in {"counsellor", "colleague", "director"})


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("role", EVERYONE)
def test_asking_for_a_document(request, as_member, as_caller, agreement, director, role, is_published):
    member = request.getfixturevalue(role)
    evaluation = EvaluationFactory(agreement=agreement, computed_by=director)
    if is_published:
        evaluation.publish(by=director)
    url = reverse("evaluations:report_create", args=[evaluation.pk])
    client, api = as_member(member), as_caller(member)
    by_page = is_done(lambda: client.post(url), evaluation.reports.exists)
    by_api = is_done(
        lambda: api.post("reports/", {"evaluation": str(evaluation.pk)}), evaluation.reports.exists
    )
    assert by_page == by_api == (role == "director" or (role == "lead" and is_published))
