"""Forms of an import: the table, what its columns are, what its words mean."""

from itertools import islice

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.forms import OneRecord
from exchange.imports.sheets import Cell, Unreadable, table_of
from youths.imports.cells import CHOSEN, FIELDS
from youths.imports.columns import EXTERNAL_ID, NEEDED, NOTHING, Mapping, guessed, plain
from youths.models import ColumnMapping

LARGEST = 10 * 1024 * 1024
EXAMPLES = 3
LEFT_OUT = gettext_lazy("Left out")
NOT_SAID = "?"


class TableForm(OneRecord):
    file = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy(
            "CSV or XLSX with a line of headings; 10 MB and 50,000 lines at most. "
            "It is deleted when the import ends, or after a day."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        allow_empty_file=True,
    )
    saved = forms.ModelChoiceField(
        label=gettext_lazy("Columns as in an earlier import"),
        queryset=ColumnMapping.objects.none(),
        required=False,
        empty_label=gettext_lazy("Guess them from the headings"),
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["saved"].queryset = ColumnMapping.objects.visible_to(member).order_by("name")

    def clean_file(self):
        """Its beginning is read at once; a fault further down is said by the dry run."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("This file is too large: 10 MB at most. Split it."))
        try:
            _headings, lines = table_of(file.read())
            if not list(islice(lines, 1)):
                raise Unreadable(_("This file has no line below its headings."))
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        return file


class ColumnsForm(forms.Form):
    """A choice of our field for each heading, with some cells beside it."""

    system = forms.SlugField(
        label=gettext_lazy("System that the identifiers come from"),
        max_length=60,
        help_text=gettext_lazy(
            "In small letters, for instance imilo. Write the same each time: "
            "by it and the identifier a file is found again."
        ),
    )
    save_as = forms.CharField(
        label=gettext_lazy("Keep these columns under the name"), max_length=60, required=False
    )

    def __init__(self, *args, headings: list[str], lines: list, mapping: Mapping, name: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.headings, self.mapping, self.lines = headings, mapping, lines
        chosen = guessed(headings) | {h: f for h, f in mapping.columns.items() if h in headings}
        choices = [(NOTHING, LEFT_OUT), (EXTERNAL_ID, _("Identifier in the other system"))]
        choices += [(field, str(f.verbose_name).capitalize()) for field, f in FIELDS.items()]
        for number, heading in enumerate(headings):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading or _("(without heading)"),
                choices=choices,
                initial=chosen[heading] or NOTHING,
                help_text=self.examples(heading),
            )
        self.fields["system"].initial = mapping.system
        self.fields["save_as"].initial = name
        self.order_fields([f"column_{number}" for number in range(len(headings))])

    def examples(self, heading: str) -> str:
        cells: list[Cell] = [line.cells[heading] for line in self.lines if line.cells.get(heading)]
        return ", ".join(str(cell)[:40] for cell in cells[:EXAMPLES])

    def clean(self):
        cleaned = super().clean()
        self.columns = {heading: said(cleaned.get(f"column_{n}")) for n, heading in enumerate(self.headings)}
        used = [field for field in self.columns.values() if field]
        names = {EXTERNAL_ID: _("Identifier in the other system")} | {
            field: str(f.verbose_name).capitalize() for field, f in FIELDS.items()
        }
        for field in (EXTERNAL_ID, *NEEDED):
            if field not in used:
                self.add_error(None, _("Say which column is: %(name)s.") % {"name": names[field]})
        for field in sorted({field for field in used if used.count(field) > 1}):
            self.add_error(None, _("Two columns are: %(name)s. Leave one out.") % {"name": names[field]})
        return cleaned

    def as_mapping(self) -> Mapping:
        return Mapping(self.columns, self.mapping.words, self.cleaned_data["system"])


def said(field: str | None) -> str:
    return field if field and field != NOTHING else ""


class WordsForm(forms.Form):
    """A choice of our word for each of theirs that we do not know."""

    def __init__(self, *args, words: dict[str, dict[str, int]], sites: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.asked: dict[str, tuple[str, str]] = {}
        for name, found in words.items():
            for number, (word, times) in enumerate(sorted(found.items())[:50]):
                key = f"word_{name}_{number}"
                self.asked[key] = (name, word)
                self.fields[key] = forms.ChoiceField(
                    label=_("%(field)s: “%(word)s”")
                    % {"field": str(FIELDS[name].verbose_name).capitalize(), "word": word},
                    help_text=ngettext("%(number)s line", "%(number)s lines", times) % {"number": times},
                    choices=[
                        (NOT_SAID, _("Not said: these lines are refused")),
                        (NOTHING, _("Leave this cell out")),
                        *choices_of(name, sites),
                    ],
                )

    def as_words(self) -> dict[str, dict[str, str]]:
        words: dict[str, dict[str, str]] = {}
        for key, (name, word) in self.asked.items():
            if (value := self.cleaned_data[key]) != NOT_SAID:
                words.setdefault(name, {})[plain(word)] = value
        return words


def choices_of(name: str, sites: list[str]) -> list[tuple[str, str]]:
    assert name in CHOSEN
    if name == "site":
        return [(site, site) for site in sites]
    return list(FIELDS[name].choices or [("true", _("Yes")), ("false", _("No"))])
