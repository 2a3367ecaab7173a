"""Every table says who sees it, where it is served, exported and told, and how long it is kept; the house agrees."""

import pytest
from django.apps import apps

from accounts.declared import Not, Part, Record, Unseen, declarations
from config.api import router
from desk.timeline import BRANCHES
from tests.routes import ROUTES
from tests.test_architecture import LAYERS

TABLES = {model._meta.label: model for model in apps.get_models() if model._meta.app_label in LAYERS}
DECLARED = declarations()
RECORDS = {label: declared for label, declared in DECLARED.items() if isinstance(declared, Record)}
records = pytest.mark.parametrize("label", RECORDS)


def model_of(resource):
    return resource.queryset.model._meta.label


def named(attribute: str) -> dict[str, str]:
    """Which record names it: those that say why they have none are left out."""
    said = {getattr(record, attribute): label for label, record in RECORDS.items()}
    return {name: label for name, label in said.items() if not isinstance(name, Not)}


def test_every_table_declares_itself_once():
    assert sorted(DECLARED) == sorted(TABLES)


@records
def test_a_record_is_read_by_the_verbs_that_it_names(label):
    manager = TABLES[label]._default_manager
    assert [verb for verb in RECORDS[label].seen if not callable(getattr(manager, verb, None))] == []


def test_whoever_has_the_verb_of_rights_is_a_record():
    guarded = {label for label, model in TABLES.items() if hasattr(model._default_manager, "visible_to")}
    assert guarded == {label for label, record in RECORDS.items() if "visible_to" in record.seen}


def test_a_part_belongs_to_a_record():
    whole = {declared.of for declared in DECLARED.values() if isinstance(declared, Part)}
    assert whole - RECORDS.keys() == set()


def test_the_resources_of_the_api_are_those_declared():
    registered = {prefix: model_of(resource) for prefix, resource, _name in router.registry}
    assert named("api") == registered


def test_the_lists_that_are_taken_away_are_those_declared():
    routes = {route.name for route in ROUTES if route.name.endswith("_export")}
    assert named("exported").keys() == routes


def test_the_lines_of_a_file_are_of_the_records_that_say_so():
    lines = {label for label, declared in DECLARED.items() if getattr(declared, "timeline", "")}
    told = {label for label in lines if not isinstance(DECLARED[label].timeline, Not)}
    assert told == {branch.model._meta.label for branch in BRANCHES.values()}
    assert all(DECLARED[label].timeline in BRANCHES for label in told)


def test_each_reason_is_said():
    reasons = [
        getattr(record, name) for record in RECORDS.values() for name in ("api", "exported", "timeline")
    ]
    assert all(str(reason).strip() for reason in reasons)
    assert all(declared.purpose for declared in DECLARED.values() if isinstance(declared, Unseen))
