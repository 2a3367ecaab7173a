"""Filters that know no domain word."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from django_filters.fields import DateRangeField

EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(9000, 1, 1)


class DaysField(DateRangeField):
    """Days beyond which no clock converts to UTC are refused: the database would fail on them."""

    def compress(self, data_list):
        if any(day and not EARLIEST <= day <= LATEST for day in data_list or []):
            raise ValidationError(_("This date lies too far away."))
        return super().compress(data_list)


class Days(filters.DateFromToRangeFilter):
    """From one day to another, both included: `name_after` and `name_before`."""

    field_class = DaysField
