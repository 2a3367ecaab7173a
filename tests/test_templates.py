"""Promises that every template keeps, read from its source and from what Django makes of it."""

import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.template import Variable, engines
from django.template.base import FilterExpression, Node
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.template.smartif import TokenBase

from tests.plugins.undefined import UndefinedVariable
from tests.test_architecture import LAYERS

ROOT = settings.BASE_DIR / "templates"
OURS = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
COMPONENTS = [name for name in OURS if name.startswith(("components/", "forms/"))]
ERROR_PAGES = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "413.html",
    "429.html",
    "500.html",
    "503.html",
}
THIRD_PARTY = Path(allauth.__file__).parent / "templates"
BUILT_IN = {"True", "False", "None", "forloop", "block", "csrf_token", "request"}


def source(name: str) -> str:
    return (ROOT / name).read_text()


@pytest.mark.parametrize("name", OURS)
def test_template_loads(name):
    get_template(name)


def test_a_missing_variable_fails_in_a_template_of_ours():
    with pytest.raises(UndefinedVariable, match="label"):
        get_template("components/badge.html").render({"tone": "ok"})


def test_a_missing_variable_of_a_third_party_is_its_own_affair():
    assert engines["django"].from_string("[{{ nobody }}]").render({}) == "[]"


NAMED = re.compile(r"""["']([\w/{}.-]+\.html)["']""")


def names_in_use() -> list[re.Pattern]:
    """Names written in templates and code; a hole, as in f"pdf/_{anchor}.html", fits any word."""
    texts = [source(name) for name in OURS]
    for package in LAYERS:
        texts += [path.read_text() for path in (settings.BASE_DIR / package).rglob("*.py")]
    names = {name for text in texts for name in NAMED.findall(text)} | ERROR_PAGES
    return [re.compile(re.sub(r"\\{.*?\\}", r"\\w+", re.escape(name))) for name in names]


def test_every_template_is_used():
    used = names_in_use()
    orphans = [name for name in OURS if not any(pattern.fullmatch(name) for pattern in used)]
    assert not [name for name in orphans if not (THIRD_PARTY / name).exists()]


FORBIDDEN = re.compile(
    r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)|hx-on|hx-vals=["']js:""", re.I
)


@pytest.mark.parametrize("name", OURS)
def test_nothing_that_the_content_policy_refuses(name):
    assert not FORBIDDEN.findall(source(name))


@pytest.mark.parametrize("name", OURS)
def test_attributes_of_htmx_are_valid_html(name):
    assert not re.search(r"(?<!data-)\bhx-[a-z]", source(name))


def parts(thing):
    """Every node and expression under a template's node list."""
    if isinstance(thing, dict):
        children = list(thing.values())
    elif isinstance(thing, list | tuple):
        children = list(thing)
    elif isinstance(thing, Node | FilterExpression | Variable | TokenBase):
        yield thing
        names = {*getattr(type(thing), "__slots__", ()), *getattr(thing, "__dict__", {})}
        children = [getattr(thing, name) for name in names]
    else:
        return
    for child in children:
        yield from parts(child)


def variables(name: str) -> set[str]:
    """What a template takes from its context: names it reads and does not make itself."""
    read, made = set(), set()
    for part in parts(get_template(name).template.nodelist):
        if isinstance(part, Variable) and part.lookups:
            read.add(part.lookups[0])
        elif isinstance(part, Node):
            made |= set(getattr(part, "loopvars", ()))
            made |= set(getattr(part, "extra_context", ()) if not isinstance(part, IncludeNode) else ())
            made |= {
                getattr(part, a)
                for a in ("asvar", "variable", "target_var")
                if isinstance(getattr(part, a, 0), str)
            }
    return read - made - BUILT_IN


def comment(name: str) -> str:
    found = re.search(r"{% comment %}(.*?){% endcomment %}", source(name), re.S)
    return found[1] if found else ""


def optional(name: str) -> set[str]:
    groups = re.findall(r"((?:\w+, )*\w+) \(optional\)", comment(name))
    return {word for group in groups for word in group.split(", ")}


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_opens_with_a_comment_that_lists_its_arguments(name):
    listed = set(re.findall(r"\w+", comment(name)))
    assert comment(name), "no comment"
    assert not variables(name) - listed


def includes(name: str):
    for part in parts(get_template(name).template.nodelist):
        if isinstance(part, IncludeNode) and isinstance(part.template, FilterExpression):
            yield part, str(part.template.var)


@pytest.mark.parametrize("name", OURS)
def test_components_get_exactly_what_they_list(name):
    for node, target in includes(name):
        if not target.startswith("components/"):
            continue
        passed = set(node.extra_context)
        needed = variables(target) - optional(target)
        assert node.isolated_context, f"{target} without only"
        assert not needed - passed, f"{target} lacks arguments"
        assert not passed - set(re.findall(r"\w+", comment(target))), f"{target} has no such argument"
