"""Names are found however they are typed."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.text import MOST_WORDS, digits_of, normalised, searchable, words_of

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


@pytest.mark.parametrize(
    "number",
    [
        "06 39 98 01 02",
        "0639980102",
        "06.39.98.01.02",
        "06-39-98-01-02",
        "+33 6 39 98 01 02",
        "+33 (0)6 39 98 01 02",
        "(+33) 6 39 98 01 02",
        "0033 6 39 98 01 02",
    ],
)
def test_a_number_is_one_word_however_it_is_typed(number):
    assert words_of(number) == ["0639980102"]
    assert words_of(f"Zoë {number}, Benali") == ["zoe", "0639980102", "benali"]


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+262 692 12 34 56", "0692123456"),  # Réunion
        ("+32 470 12 34 56", "32470123456"),
        ("0032 470 12 34 56", "32470123456"),
        ("00 33", "0033"),  # perhaps within a number
        ("+33", "0"),
        ("", ""),
    ],
)
def test_digits_are_those_dialled_within_france(typed, digits):
    assert digits_of(typed) == digits


def test_letters_and_digits_together_are_no_telephone_number():
    assert words_of("3F2A91BC 12b 3") == ["3f2a91bc", "12b", "3"]


def test_what_sets_names_apart_does_not_matter():
    assert words_of("N’Diaye-Le Goff, Zoë (x)") == ["ndiaye", "le", "goff", "zoe", "x"]
    assert searchable(normalised("N’Diaye-Le Goff")) == " ndiaye le goff "
    assert words_of("-+(,") == []


@settings(derandomize=True, deadline=None)
@given(words)
def test_words_are_words(text):
    assert all(word and word == "".join(word.split()) for word in words_of(text))


@pytest.mark.parametrize("piece", ["(", "0 ", "0(", "0 a", "(0a", "00a "])
def test_a_flood_of_signs_takes_no_time(piece):
    """A second would be long: the search for numbers reads each letter some few times."""
    begun = time.process_time()
    words_of(piece * 100_000)
    assert time.process_time() - begun < 2
