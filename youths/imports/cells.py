"""What the cells of a table say about a young person."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from accounts.models import Organisation
from common.text import normalised
from exchange.exports.files import is_formula
from exchange.imports.sheets import Cell
from youths.forms.fields import PhoneField
from youths.models import Youth
from youths.models.youth import TEAM_ONLY

NOT_ASKED = {"organisation", *TEAM_ONLY}
FIELDS = {f.name: f for f in Youth._meta.concrete_fields if f.editable and f.name not in NOT_ASKED}
DAY = forms.DateField(input_formats=["%Y-%m-%d", "%d/%m/%Y"])
PHONE = PhoneField(required=False)
LONGEST_WORD = 100
YES_OR_NO = {
    "true": True,
    "yes": True,
    "oui": True,
    "1": True,
    "false": False,
    "no": False,
    "non": False,
    "0": False,
}


DAYS_OF_SPREADSHEETS = re.compile(r"[1-9]\d{4}")  # counted from 1899
CHOSEN = {
    name for name, f in FIELDS.items() if name == "site" or f.choices or isinstance(f, models.BooleanField)
}


class Cells:
    """Reads the cells of one structure, which has its own sites; counts the `unknown` words by field."""

    def __init__(self, organisation: Organisation):
        self.sites = {site.name: site for site in organisation.sites.all()}
        self.unknown: dict[str, Counter] = {}

    def read(self, cells: dict[str, Cell]) -> dict:
        """Values by field. An empty cell says nothing: what stands in the file stays. Raises `ValidationError`."""
        values, errors = {}, {}
        for name, cell in cells.items():
            if name in FIELDS and cell:
                try:
                    values[name] = self.value(FIELDS[name], cell)
                except ValidationError as error:
                    errors[name] = error
                    if name in CHOSEN:
                        self.unknown.setdefault(name, Counter())[str(cell)[:LONGEST_WORD]] += 1
        if errors:
            raise ValidationError(errors)
        return values

    def value(self, field: models.Field, cell: Cell):
        if isinstance(field, models.DateField):
            return day_in(cell)
        text = f"{cell:%d/%m/%Y}" if isinstance(cell, datetime.date) else cell
        if field.name == "phone":
            return PHONE.clean(text)
        if is_formula(text):
            raise ValidationError(_("This begins like a formula: “%(text)s”.") % {"text": text[:40]})
        if field.name == "site":
            return one_of(self.sites, text)
        if isinstance(field, models.BooleanField):
            return one_of(YES_OR_NO, text.lower())
        if field.choices:
            return one_of(words_of(field), normalised(text), [str(label) for _value, label in field.choices])
        return text


def day_in(cell: Cell) -> datetime.date:
    if isinstance(cell, str) and DAYS_OF_SPREADSHEETS.fullmatch(cell):
        raise ValidationError(
            _("“%(text)s” is how a spreadsheet counts days: give this column the format of a date.")
            % {"text": cell}
        )
    return DAY.clean(cell)


def words_of(field: models.Field) -> dict[str, str]:
    """Our own values, and the words that a reader knows them by."""
    labels = {normalised(str(label)): value for value, label in field.choices}
    return labels | {normalised(str(value)): value for value, label in field.choices}


def one_of(known: dict, text: str, told: Iterable[str] = ()):
    """What that word stands for. Raises `ValidationError`, which tells all of them or those in `told`."""
    if text not in known:
        words = ", ".join(told or known)
        raise ValidationError(_("“%(text)s” is none of: %(known)s.") % {"text": text[:40], "known": words})
    return known[text]
