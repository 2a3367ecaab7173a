"""Whose filters people keep under a name: each list says it beside its filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import FilterSet

from common.ordering import ORDER, Order

Filters = Mapping[str, list[str]]


@dataclass(frozen=True)
class Choice:
    """What an address asks for that is no filter, such as an order: its values with their words."""

    label: str | Promise
    values: Mapping[str, str | Promise]


@dataclass(frozen=True)
class SavedList:
    """A list whose filters are kept. `names` are those of its filters that may be.

    Never one that holds words typed, or chooses a young person: a view outlives what its author may see.
    """

    key: str
    title: str | Promise
    page: str
    filterset: type[FilterSet]
    names: tuple[str, ...]
    choices: Mapping[str, Choice] = field(default_factory=dict)

    def __post_init__(self):
        LISTS[self.key] = self

    def asked(self, query: QueryDict) -> Filters:
        """What of an address may be kept, as it was typed."""
        chosen = [name for name, choice in self.choices.items() if query.get(name) in choice.values]
        return {name: query.getlist(name) for name in (*self.names, *chosen) if query.get(name)}

    def usable(self, filters: Filters, request: HttpRequest) -> Filters:
        """Those that the list knows today, with values that this reader may choose."""
        form, known = self._form(filters, request), self.filterset.base_filters.keys() & {*self.names}
        return {
            name: values
            for name, values in filters.items()
            if (name in known and name in form.fields and name not in form.errors)
            or (name in self.choices and {*values} <= self.choices[name].values.keys())
        }

    def words(self, filters: Filters, request: HttpRequest) -> list[tuple[str, str]]:
        """What usable filters ask for: labels and values, as people read them."""
        form = self._form(filters, request)
        said = [
            (str(choice.label), str(choice.values[filters[name][0]]))
            for name, choice in self.choices.items()
            if name in filters
        ]
        return said + [
            (str(form.fields[name].label), in_words(form.fields[name], form.cleaned_data[name]))
            for name in self.names
            if name in filters
        ]

    def _form(self, filters: Filters, request: HttpRequest):
        query = QueryDict(mutable=True)
        for name, values in filters.items():
            query.setlist(name, values)
        form = self.filterset(query, request=request).form
        form.is_valid()
        return form

    def url(self, query: Mapping[str, str | list[str]] | None = None, view: str = "") -> str:
        return reverse(self.page, query={**(query or {}), **({VIEW: view} if view else {})} or None)


def orders_to_keep(orders: Sequence[Order]) -> dict[str, Choice]:
    """The choice among the ways to sort a list; the first is its default."""
    return {ORDER: Choice(gettext_lazy("Sort by"), {order.name: order.label for order in orders[1:]})}


LISTS: dict[str, SavedList] = {}
VIEW = "view"  # in an address: the saved view that was opened
ALL = "all"  # none, not the default either


def in_words(field, value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if hasattr(field, "label_from_instance"):
        return str(field.label_from_instance(value))
    labels = dict(field.choices)
    return ", ".join(str(labels[one]) for one in (value if isinstance(value, list) else [value]))
