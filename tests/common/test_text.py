"""Names are found however they are typed."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.text import MOST_WORDS, normalised, words_of

words = st.text(max_size=40)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Zoë", "zoe"),
        ("LŒIL", "loeil"),
        ("Cæsar", "caesar"),
        ("N’Diaye", "n'diaye"),
        ("  Anne   Marie ", "anne marie"),
        ("ÇELİK", "celik"),
        ("Straße", "strasse"),
        ("Nguyễn", "nguyen"),
        ("", ""),
    ],
)
def test_accents_capitals_and_ligatures_do_not_matter(typed, folded):
    assert normalised(typed) == folded


def test_several_parts_make_one_text():
    assert normalised("Benali", "Yanis", "") == "benali yanis"


def test_a_flood_of_words_is_cut():
    assert words_of("Zoë  Benali") == ["zoe", "benali"]
    assert len(words_of("a " * 5000)) == MOST_WORDS


@settings(derandomize=True, deadline=None)
@given(words)
def test_folding_twice_is_folding_once(text):
    assert normalised(normalised(text)) == normalised(text)


@settings(derandomize=True, deadline=None)
@given(words)
def test_a_name_is_found_as_it_is_composed_or_not(text):
    assert normalised(unicodedata.normalize("NFC", text)) == normalised(unicodedata.normalize("NFD", text))


@settings(derandomize=True, deadline=None)
@given(words, words)
def test_each_part_is_found_within_the_whole(one, other):
    assert normalised(one) in normalised(one, other)


@settings(derandomize=True, deadline=None)
@given(words)
def test_no_space_is_left_over(text):
    folded = normalised(text)
    assert folded == folded.strip()
    assert "  " not in folded
