"""The views of a list, as the list shows them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from common.http import wants_fragment
from exchange.saved.lists import ALL, VIEW, Filters, SavedList
from exchange.saved.models import SavedView

SHOWN_FIRST = 6


@dataclass
class Views:
    """What a list tells of its saved views; one query for all of them."""

    request: HttpRequest
    listing: SavedList
    views: list[SavedView] = field(init=False)

    def __post_init__(self):
        visible = SavedView.objects.visible_to(self.request.member).filter(listing=self.listing.key)
        self.views = list(visible.for_list(self.request.member))

    @property
    def asked(self) -> QueryDict:
        return self.request.asked if hasattr(self.request, "asked") else self.request.GET

    @cached_property
    def filters(self) -> Filters:
        return self.listing.asked(self.asked)

    @property
    def opened_with(self) -> str:
        """Where the list opens when nothing is asked of it, "" for itself."""
        is_bare = self.request.method == "GET" and not self.request.GET and not wants_fragment(self.request)
        default = next((view for view in self.views if view.is_default), None) if is_bare else None
        return address_of(default, self.listing, self.request) if default else ""

    @cached_property
    def current(self) -> SavedView | None:
        """The one that was opened, or that asks for what is asked now."""
        opened = (view for view in self.views if str(view.pk) == self.asked.get(VIEW))
        alike = (view for view in self.views if self.filters and view.filters == self.filters)
        return next(opened, None) or next(alike, None)

    @property
    def lacks_some(self) -> bool:
        """Whether the view that is shown asks for something that is there no longer, or not for this reader."""
        if self.current is None:
            return False
        return self.current.filters.keys() != self.listing.usable(self.current.filters, self.request).keys()

    @property
    def first(self) -> list[SavedView]:
        """The first of them, and the current one wherever it stands."""
        return [view for place, view in enumerate(self.views) if place < SHOWN_FIRST or view == self.current]

    @property
    def more(self) -> list[SavedView]:
        return [view for view in self.views if view not in self.first]

    @property
    def all_url(self) -> str:
        """The list with no filter at all."""
        return self.listing.url(view=ALL if any(view.is_default for view in self.views) else "")

    def url(self, query: Mapping[str, str]) -> str:
        """The list with other filters; with none, all of it, whatever view it opens with."""
        return self.listing.url(query) if query else self.all_url

    @property
    def is_all(self) -> bool:
        return not self.filters

    @property
    def save_url(self) -> str:
        """Where the filters in use are kept, "" where none is in use, or they are those of a view."""
        if not self.filters or (self.current and self.current.filters == self.filters):
            return ""
        return reverse("exchange:saved_view_create", query={"list": self.listing.key, **self.filters})


def address_of(view: SavedView, listing: SavedList, request: HttpRequest) -> str:
    """The list with what this reader may ask of the view."""
    return listing.url(listing.usable(view.filters, request), view=str(view.pk))
