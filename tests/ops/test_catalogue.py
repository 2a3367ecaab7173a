"""The check of translations finds what a reader would stumble over."""

import polib
import pytest

from scripts.check_messages import faults_of


@pytest.mark.parametrize(
    "entry",
    [
        polib.POEntry(msgid="Accept", msgstr="Accepter"),
        polib.POEntry(
            msgid="%(n)s file", msgid_plural="%(n)s files", msgstr_plural={0: "un", 1: "%(n)s dossiers"}
        ),
    ],
)
def test_a_complete_translation_passes(entry):
    assert faults_of(entry) == []


@pytest.mark.parametrize(
    "entry",
    [
        polib.POEntry(msgid="Accept", msgstr=""),
        polib.POEntry(msgid="Accept", msgstr="Accepter", flags=["fuzzy"]),
        polib.POEntry(msgid="Signed by %(name)s", msgstr="Signé"),
        polib.POEntry(msgid="Signed by %(name)s", msgstr="Signé par %(nom)s"),
        polib.POEntry(
            msgid="%(n)s file", msgid_plural="%(n)s files", msgstr_plural={0: "%(n)s dossier", 1: ""}
        ),
    ],
)
def test_a_faulty_translation_is_told(entry):
    assert faults_of(entry)
