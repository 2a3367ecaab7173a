"""Lists to choose from, in words."""

from tests.youths.test_edit import url_of


def test_no_choice_is_drawn_as_dashes(as_member, counsellor, youth):
    page = as_member(counsellor).get(url_of(youth)).content.decode()
    assert "Non renseigné" in page
    assert "---" not in page
