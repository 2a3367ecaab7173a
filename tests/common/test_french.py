"""French as it is compiled."""

import re

import pytest
from django.utils.translation import gettext, override


@pytest.mark.parametrize(
    "sentence", ["Now: %(words)s", "The column “%(name)s” stands there twice.", "Is it one of these?"]
)
def test_no_sign_begins_a_line(sentence):
    with override("fr"):
        said = gettext(sentence)
    assert "\u00a0" in said
    assert not re.search(" [:;?!»]|« ", said)
