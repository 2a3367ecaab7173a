"""What the machine lacks is told before anyone is disappointed by it."""

import ctypes.util

from common import checks


def test_a_machine_without_pango_is_told_which_packages_to_install(monkeypatch):
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: None)
    [warning] = checks.pdf_libraries(None)
    assert "libpango-1.0-0" in warning.hint
    assert "libharfbuzz-subset0" in warning.hint


def test_a_machine_with_pango_hears_nothing(monkeypatch):
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: f"lib{name}.so.0")
    assert checks.pdf_libraries(None) == []
