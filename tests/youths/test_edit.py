"""Changing a file: what was on the screen decides, and two editors lose nothing."""

import pytest

from accounts.models import Event
from youths.models import Youth


def url_of(youth):
    return f"/youths/{youth.pk}/edit/"


def opened(client, youth) -> dict:
    """What a browser would send back of the form as it stands on the screen."""
    form = client.get(url_of(youth)).context["form"]
    return sent_back(form)


def sent_back(form) -> dict:
    values = {}
    for field in form:
        value = field.value()
        value = "" if value is None else value
        if field.widget_type == "checkbox":
            if value in (True, "True", "on"):
                values[field.html_name] = "on"
        else:
            values[field.html_name] = str(value)
        if field.field.show_hidden_initial:
            initial = form.data.get(field.html_initial_name, value) if form.is_bound else value
            values[field.html_initial_name] = str(initial)
    return values


def test_what_was_typed_is_saved_with_its_event(as_member, counsellor, youth):
    client = as_member(counsellor)
    response = client.post(
        url_of(youth), opened(client, youth) | {"commune": "Échirolles", "interpreter": "on"}
    )
    assert response.status_code == 302
    youth.refresh_from_db()
    assert (youth.commune, youth.interpreter) == ("Échirolles", True)
    event = Event.objects.get(verb="changed")
    assert event.before == {"commune": "", "interpreter": False}
    assert event.after == {"commune": "Échirolles", "interpreter": True}


def test_a_new_name_is_found_by_the_search(as_member, counsellor, youth):
    client = as_member(counsellor)
    client.post(url_of(youth), opened(client, youth) | {"last_name": "Œuvrard"})
    youth.refresh_from_db()
    assert youth.search == "oeuvrard yanis"


@pytest.mark.parametrize("letter", ["ß", "ﬃ", "\ufdfa"])
def test_letters_that_fold_to_several_are_cut_where_the_column_ends(as_member, counsellor, youth, letter):
    client = as_member(counsellor)
    named = dict.fromkeys(("first_name", "last_name", "usual_name"), letter * 100)
    assert client.post(url_of(youth), opened(client, youth) | named).status_code == 302
    youth.refresh_from_db()
    for name in ("search", "search_outside"):
        assert len(getattr(youth, name)) <= Youth._meta.get_field(name).max_length
    youth.full_clean(validate_unique=False)


def test_saving_an_untouched_form_changes_nothing(as_member, counsellor, youth):
    client, version = as_member(counsellor), youth.version
    assert client.post(url_of(youth), opened(client, youth)).status_code == 302
    youth.refresh_from_db()
    assert youth.version == version


def test_the_second_editor_sees_both_texts_and_chooses(as_member, counsellor, colleague, youth):
    first, second = as_member(counsellor), as_member(colleague)
    on_first, on_second = opened(first, youth), opened(second, youth)
    first.post(
        url_of(youth), on_first | {"commune": "Grenoble", "phone": "06 11 11 11 11", "email": "y@test.fr"}
    )
    response = second.post(
        url_of(youth), on_second | {"commune": "Échirolles", "phone": "06 22 22 22 22", "mobility": "À vélo"}
    )
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("Grenoble", "Échirolles", "06 11 11 11 11", "06 22 22 22 22", "À vélo", str(counsellor)):
        assert text in page
    assert [conflict.name for conflict in response.context["conflicts"]] == ["phone", "commune"]
    youth.refresh_from_db()
    assert youth.commune == "Grenoble"

    again = sent_back(response.context["form"]) | {"keep-commune": "mine", "keep-phone": "theirs"}
    assert second.post(url_of(youth), again).status_code == 302
    youth.refresh_from_db()
    assert (youth.commune, youth.phone) == ("Échirolles", "06 11 11 11 11")
    assert (youth.email, youth.mobility) == ("y@test.fr", "À vélo")


def test_a_mistake_loses_nothing_that_was_typed(as_member, counsellor, youth):
    client = as_member(counsellor)
    response = client.post(url_of(youth), opened(client, youth) | {"last_name": "", "commune": "Échirolles"})
    assert response.status_code == 422
    assert 'value="Échirolles"' in response.content.decode()
    youth.refresh_from_db()
    assert (youth.last_name, youth.commune) == ("Benali", "")


@pytest.mark.parametrize(
    ("birth_date", "is_kept"),
    [("0001-01-01", False), ("9999-12-31", False), ("2024-01-01", False), ("1990-01-01", True)],
)
def test_a_birth_date_is_corrected_within_reason(birth_date, is_kept, as_member, counsellor, youth):
    """Someone received long ago may have grown old in the file."""
    client = as_member(counsellor)
    response = client.post(url_of(youth), opened(client, youth) | {"birth_date": birth_date})
    assert response.status_code == (302 if is_kept else 422)
    youth.refresh_from_db()
    assert (youth.birth_date.isoformat() == birth_date) == is_kept


@pytest.mark.parametrize(
    ("role", "status"), [("reception", 403), ("agent", 404), ("stranger_counsellor", 404)]
)
def test_others_do_not_change_it(role, status, request, as_member, youth):
    client = as_member(request.getfixturevalue(role))
    assert client.post(url_of(youth), {"last_name": "Autre"}).status_code == status
    youth.refresh_from_db()
    assert youth.last_name == "Benali"
