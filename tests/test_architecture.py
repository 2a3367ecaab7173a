"""The rules of the house that a reader cannot see on one page: who imports whom, who writes what, how long."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models

ROOT = Path(settings.BASE_DIR)
LAYERS = (
    "common",
    "accounts",
    "exchange",
    "partnerships",
    "youths",
    "referrals",
    "evaluations",
    "desk",
    "demonstration",
    "config",
)
LONGEST = {"module": 300, "function": 40, "template": 100, "test": 400}
OWN_MODELS = [model for model in apps.get_models() if model._meta.app_label in LAYERS]
# It takes two seconds to import and fails without Pango: whoever makes a PDF imports it.
LATE_IMPORTS = {"weasyprint"}

STATUS_WRITERS = {"accounts/steps.py", "common/queued.py"}
EVENT_WRITERS = {"accounts/events.py"}
AUDIT_WRITERS = {"accounts/audit.py", "accounts/adapters.py"}
CLOCKS = {"common/clock.py"}
OTHER_CLOCKS = {
    ("timezone", "now"),
    ("timezone", "localtime"),
    ("timezone", "localdate"),
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
}
# What a page or the API builds on must start from one of the verbs that ask who reads.
SHOWING = ("views", "api", "filters", "forms")
UNASKED = {"all", "filter", "exclude", "get", "first", "last", "order_by", "values", "values_list", "count"}


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the house by its path; migrations are written by machine."""
    found = (path for app in LAYERS for path in sorted((ROOT / app).rglob("*.py")))
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text())
        for path in found
        if "migrations" not in path.parts
    }


def nodes(kind, *, outside=frozenset()) -> Iterator[tuple[str, ast.AST]]:
    for path, tree in modules().items():
        if path not in outside:
            yield from ((path, node) for node in ast.walk(tree) if isinstance(node, kind))


def places(found) -> list[str]:
    return sorted({f"{path}:{node.lineno}" for path, node in found})


def imported(node) -> list[str]:
    """Dotted names that an import statement reaches; a relative one stays in its own app."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if node.level == 0 else []


def functions() -> Iterator[tuple[str, ast.AST]]:
    return nodes((ast.FunctionDef, ast.AsyncFunctionDef))


def layer(model) -> int:
    return LAYERS.index(model._meta.app_label)


# Direction.


@pytest.mark.parametrize("app", LAYERS)
def test_an_app_imports_only_what_stands_to_its_left(app):
    right = set(LAYERS[LAYERS.index(app) + 1 :])
    assert not places(
        (path, node)
        for path, node in nodes((ast.Import, ast.ImportFrom))
        if path.startswith(f"{app}/") and right & {name.partition(".")[0] for name in imported(node)}
    )


def test_the_house_does_not_know_its_tests():
    assert not places(
        (path, node)
        for path, node in nodes((ast.Import, ast.ImportFrom))
        if any(name.partition(".")[0] == "tests" for name in imported(node))
    )


def test_nothing_is_imported_inside_a_function():
    assert not places(
        (path, node)
        for path, function in functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not {name.partition(".")[0] for name in imported(node)} <= LATE_IMPORTS
    )


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_left(model):
    ours = [f for f in model._meta.get_fields() if f.is_relation and not f.auto_created]
    right = [f.name for f in ours if f.related_model in OWN_MODELS and layer(f.related_model) > layer(model)]
    assert not right


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_reverse_lookups_do_not_point_right(model):
    visible = [relation for relation in model._meta.related_objects if not relation.hidden]
    right = [
        r.name for r in visible if r.related_model in OWN_MODELS and layer(r.related_model) > layer(model)
    ]
    assert not right


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_nothing_is_deleted_with_something_else(model):
    """Nothing is lost: a row that others stand on stays."""
    keys = [field for field in model._meta.concrete_fields if field.is_relation]
    assert {key.name for key in keys if key.remote_field.on_delete is not models.PROTECT} == set()


@pytest.mark.parametrize("app", ["common", "desk", "demonstration", "config"])
def test_what_only_serves_or_shows_has_no_models(app):
    assert [model for model in OWN_MODELS if model._meta.app_label == app] == []


# One writer for each thing.


def called(node) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def writes_status(node) -> bool:
    if isinstance(node, ast.Call):
        names = {keyword.arg for keyword in node.keywords}
        if called(node) == "setattr":
            return len(node.args) > 1 and getattr(node.args[1], "value", "") == "status"
        return called(node) in {"update", "write", "change", "update_or_create"} and "status" in names
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Attribute) and target.attr == "status" for target in targets)


def test_only_steps_and_queued_rows_write_a_status():
    kinds = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Call)
    assert not places(
        (path, node) for path, node in nodes(kinds, outside=STATUS_WRITERS) if writes_status(node)
    )


@pytest.mark.parametrize(("model", "writers"), [("Event", EVENT_WRITERS), ("AuditEntry", AUDIT_WRITERS)])
def test_history_has_one_writer(model, writers):
    def creates(call):
        source = ast.unparse(call.func)
        makers = {f"{model}.objects.{verb}" for verb in ("create", "bulk_create", "get_or_create")}
        return source == model or source.endswith(f".{model}") or source in makers

    assert not places((path, call) for path, call in nodes(ast.Call, outside=writers) if creates(call))


def test_there_are_no_signals():
    assert not places(
        (path, node)
        for path, node in nodes((ast.Import, ast.ImportFrom))
        if any(name == "django.dispatch" or name.endswith("signals") for name in imported(node))
    )


def test_time_comes_from_the_clock():
    """Also through imports: `from django.utils.timezone import now` has no other use."""

    def tells_time(node):
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        return (owner, node.attr) in OTHER_CLOCKS

    assert not places((p, n) for p, n in nodes(ast.Attribute, outside=CLOCKS) if tells_time(n))
    assert not places(
        (path, node)
        for path, node in nodes(ast.ImportFrom, outside=CLOCKS)
        if {("timezone", alias.name) for alias in node.names} & OTHER_CLOCKS
        or "Now" in {a.name for a in node.names}
    )


def test_what_is_shown_starts_from_who_reads():
    """Pages, forms, filters and API begin each query with a verb that takes the member, or with `none()`."""
    guarded = {model.__name__ for model in OWN_MODELS if hasattr(model.objects, "visible_to")}

    def unasked(node):
        source = ast.unparse(node)
        return node.attr in UNASKED and any(source == f"{name}.objects.{node.attr}" for name in guarded)

    def shows(path):
        return any(part in SHOWING for part in Path(path).with_suffix("").parts)

    assert not places((p, n) for p, n in nodes(ast.Attribute) if shows(p) and unasked(n))
    assert not places(
        (path, call)
        for path, call in nodes(ast.Call)
        if shows(path) and called(call) == "get_object_or_404" and ast.unparse(call.args[0]) in guarded
    )


# Size and shape.


def test_modules_stay_short():
    """Lines that say something; settings are the longest, being one file on purpose."""
    said = {
        path: sum(bool(line.strip()) for line in (ROOT / path).read_text().splitlines()) for path in modules()
    }
    assert {path: lines for path, lines in said.items() if lines > LONGEST["module"]} == {}


def test_functions_stay_short():
    lengths = ((path, node, node.end_lineno - node.lineno + 1) for path, node in functions())
    assert not places((path, node) for path, node, length in lengths if length > LONGEST["function"])


@pytest.mark.parametrize(
    ("folder", "pattern", "kind"), [("templates", "*.html", "template"), ("tests", "*.py", "test")]
)
def test_templates_and_tests_stay_short(folder, pattern, kind):
    lengths = {
        str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in (ROOT / folder).rglob(pattern)
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST[kind]} == {}


def test_tests_mirror_the_apps():
    apps_with_rules = set(LAYERS) - {"common", "config"}
    folders = {path.name for path in (ROOT / "tests").iterdir() if any(path.glob("test_*.py"))}
    assert apps_with_rules <= folders


# What Django can tell.


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_there_is_no_admin():
    """It would show every file to whoever runs the platform, who may see none."""
    assert not any(name.startswith("django.contrib.admin") for name in settings.INSTALLED_APPS)


def test_no_page_lifts_the_cross_site_check():
    assert not places(
        (path, node) for path, node in nodes(ast.Name) if node.id in {"csrf_exempt", "csrf_exempt_decorator"}
    )
