"""Every route of the site, found by walking the URL resolver."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLResolver, get_resolver, reverse

from tests.policies import POLICIES

# A value for each argument that is not the id of a record.
ARGUMENTS = {"key": "MQ:1a2b3c", "uidb36": "1", "secret": "unknown", "name": "unknown"}


@dataclass(frozen=True)
class Route:
    name: str
    arguments: tuple[str, ...]

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")

    def url(self, pk, step) -> str:
        values = ARGUMENTS | {"pk": pk, "step": step}
        return reverse(self.name, kwargs={name: values[name] for name in self.arguments})


def walk(patterns, namespace="") -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, inner)
        else:
            arguments = getattr(pattern.pattern, "converters", {}) or pattern.pattern.regex.groupindex
            yield Route(f"{namespace}{pattern.name or pattern.pattern}", tuple(arguments))


ROUTES = sorted(set(walk(get_resolver().url_patterns)), key=lambda route: route.name)
LISTED = [route for route in ROUTES if route.name in POLICIES]
