"""Every index costs a write and earns it by a read: none twice, none by habit."""

import pytest
from django.apps import apps
from django.db import connection

from tests.test_architecture import LAYERS

OWN_MODELS = [
    model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in LAYERS
]
# Django gives an index to each foreign key. It stays where a read begins with that key and no other index does.
READ = {
    "accounts.Organisation.parent": "what stands below a network",
    "accounts.Membership.user": "for whom a person acts",
    "accounts.Membership.organisation": "who works there",
    "accounts.Session.user": "where else somebody is signed in",
    "exchange.DefaultView.view": "who opens a list with a view that is deleted",
    "partnerships.Adhesion.party": "who has joined an agreement",
    "partnerships.Adhesion.organisation": "what covers an organisation through its network",
    "partnerships.Agreement.implements": "what implements an agreement",
    "partnerships.Agreement.succeeds": "which agreement goes on with a share's ground",
    "partnerships.Party.organisation": "what covers an organisation",
    "partnerships.Practice.agreement": "an agreement's page",
    "partnerships.ServiceOffer.organisation": "what the partners bound to a structure offer",
    "partnerships.Signatory.agreement": "who has still to sign",
    "youths.PassedNote.share": "which notes a partner reads",
    "youths.ReferentAssignment.follow_up": "who was referent before",
    "youths.ReferentAssignment.referent": "who was lately given to a counsellor, or taken",
    "youths.Share.youth": "who else may read a young person's notes",
    "referrals.Referral.offer": "how many places of an offer are taken",
    "referrals.Referral.youth": "a young person's timeline",
    "evaluations.Report.evaluation": "the latest PDF of an evaluation",
}


def test_each_foreign_key_with_an_index_of_its_own_has_a_read_that_begins_with_it():
    keys = [
        f"{model._meta.label}.{field.name}"
        for model in OWN_MODELS
        if not model._meta.auto_created
        for field in model._meta.local_fields
        if field.is_relation and field.db_index and not field.unique
    ]
    assert sorted(keys) == sorted(READ)


@pytest.mark.django_db
@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_no_index_is_the_beginning_of_another(model):
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    declared = [*model._meta.indexes, *model._meta.constraints]
    partial = {one.name for one in declared if getattr(one, "condition", None)}
    whole = {
        name: one["columns"]
        for name, one in found.items()
        if (one["index"] or one["unique"] or one["primary_key"]) and one.get("type", "idx") == "idx"
        if name not in partial and all(one["columns"])
    }
    needless = [
        name
        for name, columns in whole.items()
        if not found[name]["unique"]
        and any(other != name and whole[other][: len(columns)] == columns for other in whole)
    ]
    assert not needless
