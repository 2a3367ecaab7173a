"""What the cells of a table say about a young person."""

import datetime

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


class Cells:
    """Reads the cells of one structure, which has its own sites."""

    def __init__(self, organisation: Organisation):
        self.sites = {site.name: site for site in organisation.sites.all()}

    def read(self, cells: dict[str, Cell]) -> dict:
        """Values by field. An empty cell says nothing: what stands in the file stays. Raises `ValidationError`."""
        values, errors = {}, {}
        for name, cell in cells.items():
            if name in FIELDS and cell:
                try:
                    values[name] = self.value(FIELDS[name], cell)
                except ValidationError as error:
                    errors[name] = error
        if errors:
            raise ValidationError(errors)
        return values

    def value(self, field: models.Field, cell: Cell):
        if isinstance(field, models.DateField):
            return DAY.clean(cell)
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
            return one_of(words_of(field), normalised(text))
        return text


def words_of(field: models.Field) -> dict[str, str]:
    """Our own values, and the words that a reader knows them by."""
    labels = {normalised(str(label)): value for value, label in field.choices}
    return labels | {normalised(str(value)): value for value, label in field.choices}


def one_of(known: dict, text: str):
    if text not in known:
        raise ValidationError(
            _("“%(text)s” is none of: %(known)s.") % {"text": text[:40], "known": ", ".join(known)}
        )
    return known[text]
