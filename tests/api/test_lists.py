"""A list shows of each record what its own address shows, though most lists are made without the serializer."""

import json

import pytest

from config.api import router
from tests.api.described import ROOT
from tests.seeded import CLIENTS, MEMBERS

PREFIXES = [prefix for prefix, _resource, _name in router.registry]
WHO = [*MEMBERS, *CLIENTS]


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_list_and_its_single_records_say_the_same(world, prefix, who):
    caller = world.callers[who]
    answer = caller.get(f"{ROOT}{prefix}/")
    for row in json.loads(answer.content).get("results", ()):
        assert row == caller.get(f"{ROOT}{prefix}/{row['id']}/").json()


def test_the_lists_that_programs_read_most_are_made_without_the_serializer():
    shaped = {prefix for prefix, resource, _name in router.registry if resource.shape}
    assert shaped == {"youths", "follow-ups", "accompaniments", "referrals", "service-offers"}
