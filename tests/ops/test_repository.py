"""What must never be committed."""

import ast
import re
import subprocess
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LARGEST = 400_000  # bytes; a font weighs a tenth of it
# Written in pieces, so that this file passes its own test.
SOMEONES_FOLDER = re.compile("|".join(["/" + "root/", "/" + "home/[a-z]+/", "/" + "Users/", "/" + "work/"]))
INLINE = re.compile(
    r"""<style|\sstyle=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\bsrc=)|javascript:""", re.IGNORECASE
)


def tracked(*patterns: str) -> list[Path]:
    names = subprocess.check_output(["git", "ls-files", "-z", *patterns], cwd=ROOT, text=True).split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).exists()]


def test_no_path_of_a_developers_machine():
    for path in tracked():
        text = path.read_bytes().decode(errors="replace")
        assert not SOMEONES_FOLDER.search(text), path


@pytest.mark.parametrize("lock", ["run", "develop"])
def test_locks_name_no_registry_and_hash_everything(lock):
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    assert "://" not in text
    assert not re.search(r"^--(index|extra|find)", text, re.MULTILINE)
    requirements = re.findall(r"^[a-z0-9].*==.*", text, re.MULTILINE)
    assert len(requirements) > 40
    assert all(line.endswith("\\") for line in requirements), "a requirement without a hash"


def test_the_locks_agree():
    """`make test` then `make demo` in one .venv: the first's packages must be the second's too."""
    pins = [
        set(
            re.findall(
                r"^([a-z0-9-]+==\S+)", (ROOT / "requirements" / f"{lock}.txt").read_text(), re.MULTILINE
            )
        )
        for lock in ("run", "develop")
    ]
    assert pins[0] < pins[1]


def test_whatever_is_imported_is_declared():
    """A package that only another package asks for may leave with it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = project["project"]["dependencies"] + project["dependency-groups"]["develop"]
    declared = {re.split(r"[^A-Za-z0-9.-]", line)[0] for line in lines}
    providers = metadata.packages_distributions()
    for path in tracked("*.py"):
        for module in imported(path):
            names = {name.lower().replace("_", "-") for name in providers.get(module, [])}
            assert not names or names & declared, f"{path}: {module}"


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = {
        node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level
    }
    return {name.partition(".")[0] for name in plain | froms}


def test_no_file_is_large():
    for path in tracked():
        assert path.stat().st_size < LARGEST, path


def test_pages_carry_no_inline_style_or_script():
    pages = [path for path in tracked("*.html") if not {"pdf", "emails"} & set(path.parts)]
    for path in pages:
        assert not INLINE.search(path.read_text()), path


def test_scripts_may_be_run():
    for name in ("manage.py", "scripts/setup", "scripts/demo_env", ".ci/run"):
        assert (ROOT / name).stat().st_mode & 0o111, name
