"""What the second of two editors sees: both texts of each field that both changed, and nothing lost."""

from copy import copy
from dataclasses import dataclass

from django.utils.translation import gettext as _

from youths.forms import YouthForm
from youths.models import Youth


@dataclass(frozen=True)
class Conflict:
    """A field that both changed: the choice is sent back as `keep-<name>`, mine or theirs."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """The form as it goes back, and what the reader is told about it."""

    form: YouthForm
    current: Youth
    conflicts: list[Conflict]
    taken_over: list[str]

    @property
    def is_silent(self) -> bool:
        """The other changed only what this reader does not see: there is nothing to tell."""
        return not (self.conflicts or self.taken_over)


def merged_with(form: YouthForm, current) -> Merged:
    """The typed words on top of the row as it stands now; fields that only the other changed are theirs."""
    typed, data = form.instance, form.data.copy()
    mine = form.changed_values()
    conflicts, taken_over = [], []
    for name in form.names():
        field, theirs = form[name], getattr(current, name)
        label = str(field.label)
        seen = field.field.to_python(form.data.get(field.html_initial_name))
        if name in mine and theirs not in (seen, mine[name]):
            conflicts.append(Conflict(name, label, in_words(typed, name), in_words(current, name)))
        elif name not in mine and seen != theirs:
            taken_over.append(label)
        as_sent = str(getattr(theirs, "pk", theirs)) if theirs is not None else ""
        data[field.html_initial_name] = as_sent
        if name not in mine:
            data[field.html_name] = as_sent
    data["version"] = current.version
    return Merged(YouthForm(data, instance=copy(current), member=form.member), current, conflicts, taken_over)


def in_words(youth, name) -> str:
    value = getattr(youth, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    display = getattr(youth, f"get_{name}_display", None)
    return str(display() if display else value if value is not None else "") or _("(empty)")
