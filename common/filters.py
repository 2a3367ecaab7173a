"""Filters that know no domain word."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters
from django_filters.fields import DateRangeField
from django_filters.widgets import BooleanWidget

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


class YesNoWidget(BooleanWidget):
    """Lets through what is neither yes nor no, which the library takes for no filter at all."""

    def value_from_datadict(self, data, files, name):
        found = super().value_from_datadict(data, files, name)
        return data.get(name) if found is None else found


class YesNoField(forms.NullBooleanField):
    def clean(self, value):
        found = super().clean(value)
        if found is None and value:
            raise ValidationError(_("This is true or false."))
        return found


class YesNo(filters.BooleanFilter):
    """`true` or `false`; anything else is refused."""

    field_class = YesNoField

    def __init__(self, *args, **options):
        super().__init__(*args, **{"widget": YesNoWidget, **options})
