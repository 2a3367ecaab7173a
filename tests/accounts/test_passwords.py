"""A password that somebody would try is refused in words, a good one is not."""

import time

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import MembershipFactory, MissionLocaleFactory, UserFactory

pytestmark = pytest.mark.django_db
GUESSED = [
    "passerelle12345",
    "Passerelle2026!",
    "missionlocale2026",
    "p@sserelle-p@sserelle",
    "azertyuiop12345",
    "aaaaaaaaaaaaaaaaaaa",
    "abcabcabcabcabcabc",
    "motdepasse12345678",
]
OF_THE_PERSON = ["CamilleOrsini2026", "orsini.camille.orsini", "port-haut-port-haut", "Montreuillon12345"]
GOOD = [
    "cerf volant bordeaux trombone",
    "tricot-girafe-nuage-sept",
    "un train de nuit pour Brest",
    "Zg7!kq-w2Pv_9xTbLm",
]


@pytest.fixture
def user():
    user = UserFactory(first_name="Camille", last_name="Orsini", email="c.orsini@ml.example")
    structure = MissionLocaleFactory(
        name="Mission Locale de Port-Haut", short_name="port-haut", commune="Montreuillon"
    )
    MembershipFactory(user=user, organisation=structure)
    return user


@pytest.mark.parametrize("password", [*GUESSED, *OF_THE_PERSON])
def test_what_somebody_would_try_is_refused(user, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    assert all(refused.value.messages)


@pytest.mark.parametrize("password", GOOD)
def test_words_that_have_nothing_to_do_with_it_pass(user, password):
    validate_password(password, user)


def test_a_very_long_one_costs_no_seconds(user):
    started = time.process_time()
    validate_password("cerf volant bordeaux trombone " * 100, user)
    assert time.process_time() - started < 2


def test_the_page_says_what_would_do(as_member, counsellor):
    page = as_member(counsellor).get(reverse("account_change_password"))
    assert "Quatre ou cinq mots" in page.content.decode()
