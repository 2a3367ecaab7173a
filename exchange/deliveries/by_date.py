"""Telling what a day brings. What was told is not told again: any part of it may run twice, or days late."""

import datetime

from django.db import transaction

from exchange.deliveries.actions import store
from exchange.deliveries.models import Notice
from exchange.deliveries.table import ByDate, by_date

AT_A_TIME = 500  # records in one transaction


def tell_of(today: datetime.date) -> int:
    """Tell what is so today and was not told yet; returns how many notices that makes."""
    kept = 0
    for telling in by_date():
        due = list(telling.due(today))
        for start in range(0, len(due), AT_A_TIME):
            kept += tell_batch(telling, dict(due[start : start + AT_A_TIME]))
    return kept


@transaction.atomic
def tell_batch(telling: ByDate, occasions: dict) -> int:
    """Of these records and occasions. A record's people are told together or not at all."""
    told = Notice.objects.filter(event=None, kind=telling.kind, record_id__in=occasions)
    untold = set(occasions.items()) - set(told.values_list("record_id", "occasion"))
    if not untold:
        return 0
    people = sorted(set(telling.whom([pk for pk, _occasion in untold])))  # in one order whoever inserts
    return store(
        [
            Notice(record_id=pk, occasion=occasions[pk], member_id=member, kind=telling.kind)
            for pk, member in people
        ]
    )
