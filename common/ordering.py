"""By what a list is sorted: ways that an index gives, each a name in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise

from common.http import address
from common.pagination import CURSOR

ORDER = "order"


@dataclass(frozen=True)
class Order:
    """`by` is what `page_of` takes: never null, unique at its end. `column` is the head that shows it, "" for none."""

    name: str
    label: str | Promise
    by: tuple[str, ...]
    column: str = ""

    @property
    def direction(self) -> str:
        """In the words of aria-sort."""
        return "descending" if self.by[0].startswith("-") else "ascending"


@dataclass(frozen=True)
class Head:
    """The head of a column: where its click leads, and how the column is sorted now, "" if it is not."""

    column: str
    href: str
    direction: str


class Heads(dict):
    """By column; None for one that the list cannot be sorted by."""

    def __missing__(self, column):
        return None


@dataclass(frozen=True)
class Sorting:
    """How a list is sorted, and how else it may be: the first of its orders where none is asked that it knows."""

    request: HttpRequest
    orders: Sequence[Order]

    @property
    def current(self) -> Order:
        asked: QueryDict = getattr(self.request, "asked", None) or self.request.GET
        return next((order for order in self.orders if order.name == asked.get(ORDER)), self.orders[0])

    @property
    def by(self) -> tuple[str, ...]:
        return self.current.by

    @property
    def heads(self) -> Heads:
        """One for each column: its first order, or the next one where it is sorted by it already."""
        ways: dict[str, list[Order]] = {}
        for order in self.orders:
            if order.column:
                ways.setdefault(order.column, []).append(order)
        return Heads({column: self.head(column, orders) for column, orders in ways.items()})

    def head(self, column: str, orders: list[Order]) -> Head:
        is_current = self.current in orders
        following = orders[(orders.index(self.current) + 1) % len(orders)] if is_current else orders[0]
        href = address(self.request, **{ORDER: following.name, CURSOR: ""})
        return Head(column, href, self.current.direction if is_current else "")

    @property
    def choices(self) -> list[tuple[str, str | Promise, bool]]:
        """For a select: value, words, whether it is the current one. The default has no value."""
        default = self.orders[0]
        return [("" if o is default else o.name, o.label, o is self.current) for o in self.orders]
