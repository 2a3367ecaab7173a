"""The migrations leave in the database what the models declare."""

import pytest
from django.apps import apps
from django.db import connection


@pytest.mark.django_db
def test_every_declared_constraint_and_index_stands_in_the_database():
    missing = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            declared = [*model._meta.constraints, *model._meta.indexes]
            missing += [f"{model.__name__}: {one.name}" for one in declared if one.name not in there]
    assert not missing
