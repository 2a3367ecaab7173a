"""Static files as they are collected: compressed once, the API's documentation left alone; one sheet for all pages."""

import gzip
import re
import shutil
import stat
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template.loader import render_to_string

from common import static

SHEET = b".card { padding: 16px; }\n" * 200
SIDECAR = "drf_spectacular_sidecar/swagger.css"


def test_ours_are_compressed_for_everybody_and_the_sidecar_is_left(tmp_path, settings):
    storage = static.Storage(location=tmp_path, base_url="/static/", file_permissions_mode=0o644)
    for name in ("card.css", SIDECAR):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(SHEET)
    made = {name for _, name in storage.compress_files(["card.css", SIDECAR])}
    assert "card.css.gz" in made
    assert all(name.startswith("card.css.") for name in made)
    small = tmp_path / "card.css.gz"
    assert gzip.decompress(small.read_bytes()) == SHEET
    assert small.stat().st_size < len(SHEET) / 5
    assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in made} == {0o644}


@pytest.fixture
def collected(tmp_path, settings) -> Path:
    """The folder of our static files as production has them; pages name what is in it."""
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = [
        name for name in settings.STATICFILES_FINDERS if "AppDirectories" not in name
    ]
    production = {"BACKEND": "common.static.Storage", "OPTIONS": {"file_permissions_mode": 0o644}}
    settings.STORAGES = settings.STORAGES | {"staticfiles": production}
    collect()
    return tmp_path


def collect():
    call_command("collectstatic", interactive=False, verbosity=0)


def sheets_of(page: str) -> list[str]:
    html = render_to_string(page, {"request_id": "0"})
    return re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', html)


def test_every_sheet_is_in_the_one_that_pages_ask_for():
    assert sorted(static.SHEETS) == sorted(path.stem for path in static.SOURCES.glob("*.css"))


@pytest.mark.parametrize("page", ["404.html", "500.html"])
def test_a_page_asks_for_one_sheet_that_holds_them_all_in_order(collected, page):
    [sheet] = sheets_of(page)
    css = (collected / sheet).read_text()
    plain = re.sub(r"public-sans\.\w{12}\.woff2", "public-sans.woff2", css)
    assert plain == "".join((static.SOURCES / f"{name}.css").read_text() for name in static.SHEETS)
    assert (collected / f"{sheet}.gz").stat().st_size < 20_000


def test_the_sheet_carries_a_hash_and_finds_the_font(collected):
    [sheet] = sheets_of("404.html")
    assert re.fullmatch(r"css/passerelle\.\w{12}\.css", sheet)
    [font] = re.findall(r'url\("(\S+\.woff2)"\)', (collected / sheet).read_text())
    named = staticfiles_storage.stored_name("fonts/public-sans.woff2")
    assert (collected / "css" / font).resolve() == collected / named


def test_the_sheet_changes_when_one_of_its_sources_does(collected, tmp_path_factory, monkeypatch):
    [before] = sheets_of("404.html")
    copy = shutil.copytree(static.SOURCES, tmp_path_factory.mktemp("sources") / "css")
    (copy / "print.css").write_text("p { orphans: 3; }\n")
    monkeypatch.setattr(static, "SOURCES", copy)
    collect()
    [after] = sheets_of("404.html")
    assert after != before
    assert (collected / after).read_text().endswith("p { orphans: 3; }\n")


def test_the_sheet_keeps_its_date_while_nothing_changes():
    made = Path(find(static.ONE_SHEET))
    written = made.stat().st_mtime_ns
    assert Path(find(static.ONE_SHEET)).stat().st_mtime_ns == written
