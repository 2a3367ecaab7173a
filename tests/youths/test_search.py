"""People are found by any part of their names and of their telephone number, the likeliest first."""

import pytest
from django.urls import reverse

from tests.factories import FollowUpFactory, MissionLocaleFactory, YouthFactory
from youths.models import Youth
from youths.models.youth import searched_in

CASELOAD = reverse("desk:caseload")
PHONE = "06 39 98 01 02"


@pytest.fixture
def person(mission_locale):
    """Files of the structure: `person("Benali Yanis")`, the family name first."""

    def opened(names, **values):
        last, _space, first = names.partition(" ")
        return YouthFactory(organisation=mission_locale, last_name=last, first_name=first or "Zoé", **values)

    return opened


def found(typed):
    youths = Youth.objects.search(typed)
    return [str(youth) for youth in youths.order_by(*youths.best_first)]


def names(response):
    return [str(row.youth) for row in response.context["rows"]]


@pytest.mark.parametrize(
    "typed",
    ["be", "NAL", "li", "benali", "yanis ben", "ni  al", "Bénali, Yanïs", "marin", "y", "b y", "ben-yan"],
)
def test_any_part_of_the_names_finds_them_in_any_order(person, typed):
    person("Benali Yanis", usual_name="Marinette")
    person("Costa Inès")
    assert found(typed) == ["BENALI Yanis"]


@pytest.mark.parametrize("typed", ["N’Diaye", "ndiaye", "n'di", "Le-Goff", "goff le", "diaye"])
def test_what_sets_the_parts_of_a_name_apart_does_not_matter(person, typed):
    person("N'Diaye-Le Goff".replace(" ", "\N{NO-BREAK SPACE}"))
    assert len(found(typed)) == 1


@pytest.mark.parametrize(
    "typed",
    [
        PHONE,
        "0639980102",
        "+33 6 39 98 01 02",
        "0033639980102",
        "39 98",
        "01.02",
        "+33 6 39",
        "0639 98",
        "benali 9801",
        "3",
        "06 39 98 yanis",
    ],
)
def test_any_part_of_the_number_finds_it_however_it_is_typed(person, typed):
    person("Benali Yanis", phone=PHONE)
    person("Benali Yanis", phone="07 11 11 11 11")
    person("Benali Yanis")
    assert found(typed) == ["BENALI Yanis"]


def test_two_numbers_are_not_one(person):
    """Digits are looked for as they follow each other, not two by two."""
    person("Benali Yanis", phone="06 01 02 39 98")
    assert found("06 39") == []
    assert found("02 39") == ["BENALI Yanis"]


def test_a_changed_number_is_found_and_the_former_one_is_not(person):
    youth = person("Benali Yanis", phone=PHONE)
    youth.write(phone="07 11 11 11 11")
    assert found("07 11") == ["BENALI Yanis"]
    assert found("06 39") == []
    youth.write(last_name="Œuvrard")
    assert found("oeuv 0711") == ["ŒUVRARD Yanis"]


def test_names_that_begin_with_the_words_come_first_then_by_name(person):
    for one in ("Zabel Mia", "Abelard Mia", "Costa Abel", "Abad Mia", "Mabe Léo"):
        person(one)
    assert found("abe") == ["ABELARD Mia", "COSTA Abel", "MABE Léo", "ZABEL Mia"]
    assert found("mia abe") == ["ABELARD Mia", "ZABEL Mia"]


def test_a_name_of_one_letter_comes_before_those_that_begin_with_it(person):
    for one in ("Oumar Ali", "Thi O", "O Lan", "Costa Inès"):
        person(one)
    assert found("o") == ["O Lan", "THI O", "OUMAR Ali"]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "x%", "be_ali"])
def test_signs_of_the_database_are_letters(person, typed):
    person("Benali Yanis")
    assert found(typed) in ([], ["BENALI Yanis"])
    assert found(f"zz{typed}") == []


@pytest.mark.parametrize("typed", ["", "   ", "-", "+", "(", "%"])
def test_no_word_leaves_the_list_as_it_is(as_member, counsellor, person, typed):
    person("Benali Yanis")
    person("Abad Mia")
    answer = as_member(counsellor).post(CASELOAD, {"q": typed, "scope": "structure"})
    assert names(answer) == ["ABAD Mia", "BENALI Yanis"]


@pytest.mark.parametrize(
    ("typed", "number"), [("mot " * 200, 0), ("yanis " * 200, 1), ("\0", 1), ("🦊", 1), ("y" * 60_000, 0)]
)
def test_whatever_is_typed_gets_a_page(as_member, counsellor, person, typed, number):
    person("Benali Yanis")
    answer = as_member(counsellor).post(CASELOAD, {"q": typed, "scope": "structure"})
    assert answer.status_code == 200
    assert len(names(answer)) == number


def test_the_best_come_first_across_pages_and_back(as_member, counsellor, person):
    for number in range(30):
        person(f"Zabel{number:02} Mia")
        person(f"Abel{number:02} Mia")
    client, seen, back = as_member(counsellor), [], []
    typed = {"q": "abel", "scope": "structure"}
    answer = client.post(CASELOAD, typed)
    while True:
        seen.append(names(answer))
        if not answer.context["page"].next_url:
            break
        answer = client.post(answer.context["page"].next_url, typed)
    while True:
        back.insert(0, names(answer))
        if not answer.context["page"].previous_url:
            break
        answer = client.post(answer.context["page"].previous_url, typed)
    assert back == seen
    in_order = [name for page in seen for name in page]
    assert in_order == [f"{last}{n:02} Mia" for last in ("ABEL", "ZABEL") for n in range(30)]


def test_a_position_of_a_search_is_none_of_the_list_without_words(as_member, counsellor, person):
    for number in range(30):
        person(f"Abel{number:02}")
    client = as_member(counsellor)
    url = client.post(CASELOAD, {"q": "abel", "scope": "structure"}).context["page"].next_url
    assert names(client.get(url))[0] == "ABEL00 Zoé"


def test_a_structure_finds_its_own_people_alone(as_member, counsellor, stranger_counsellor, person):
    person("Benali Yanis", phone=PHONE)
    YouthFactory(organisation=MissionLocaleFactory(), last_name="Benali", phone=PHONE)
    for typed in ("benali", PHONE):
        asked = {"q": typed, "scope": "structure"}
        assert names(as_member(counsellor).post(CASELOAD, asked)) == ["BENALI Yanis"]
        assert names(as_member(stranger_counsellor).post(CASELOAD, asked)) == []


@pytest.mark.parametrize("role", ["agent", "network", "volunteer", "administrator"])
def test_outsiders_find_nobody(request, as_member, person, role):
    person("Benali Yanis", phone=PHONE)
    client = as_member(request.getfixturevalue(role))
    for typed in ("benali", PHONE):
        assert names(client.post(CASELOAD, {"q": typed, "scope": "structure"})) == []


def test_reception_finds_by_name_and_number(as_member, reception, person):
    person("Benali Yanis", phone=PHONE)
    for typed in ("yan", "3998"):
        assert names(as_member(reception).post(CASELOAD, {"q": typed})) == ["BENALI Yanis"]


def test_the_api_finds_the_same_by_name(as_member, counsellor, person):
    for one in ("Zabel Mia", "Abelard Mia", "Costa Inès", "Labelle Mia"):
        person(one, phone=PHONE)
    answer = as_member(counsellor).get("/api/v1/youths/", {"q": "abel"}).json()
    assert [row["last_name"] for row in answer["results"]] == ["Abelard", "Labelle", "Zabel"]
    assert len(as_member(counsellor).get("/api/v1/youths/", {"q": "063998"}).json()["results"]) == 4


def test_a_contact_is_noted_with_the_likeliest_and_the_number_found_is_told(as_member, counsellor, person):
    for one in ("Zabel Mia", "Abelard Mia", "Costa Inès"):
        person(one, phone=PHONE)
    client, url = as_member(counsellor), reverse("youths:contact_create")
    assert [str(youth) for youth in client.post(url, {"q": "abel"}).context["youths"]] == [
        "ABELARD Mia",
        "ZABEL Mia",
    ]
    answer = client.post(url, {"q": "39 98 ines"})
    assert [(str(youth), found) for youth, found in answer.context["picks"]] == [("COSTA Inès", [PHONE])]
    assert PHONE in answer.content.decode()
    assert client.post(url, {"q": "mot " * 200}).context["youths"] == []


def test_whom_no_search_of_the_caseload_finds_is_looked_for_in_the_whole_structure(
    as_member, counsellor, person
):
    person("Benali Yanis")
    text = as_member(counsellor).post(CASELOAD, {"q": "benali"}).content.decode()
    form = text[text.index(f'action="{CASELOAD}?scope=structure"') :]
    assert 'name="q" value="benali"' in form


@pytest.mark.parametrize("number", [1, 20])
def test_a_search_is_one_query(as_member, counsellor, person, number, django_assert_num_queries):
    for turn in range(number):
        FollowUpFactory(youth=person(f"Abel{turn}"), referent=counsellor)
    client = as_member(counsellor)
    with django_assert_num_queries(8):  # session, user, memberships, bell, saved views, rows, counters, audit
        client.post(CASELOAD, {"q": "abel zoe"})


def test_a_number_makes_no_duplicate_and_hides_none(person):
    known = person("Benali Yanis", phone=PHONE)
    same = {"last_name": "BENALI", "first_name": "Yanïs"}
    assert list(Youth.objects.resembling(**same)) == [known]
    other = person("Benali Lina", phone=PHONE, birth_date=known.birth_date)
    born = {"last_name": "benali", "first_name": "X", "birth_date": known.birth_date}
    assert set(Youth.objects.resembling(**born)) == {known, other}


BEFORE, AFTER = (
    [("youths", name), ("accounts", "0013_letters")]
    for name in ("0011_what_is_read_apart_is_found", "0012_people_are_found_by_number_too")
)
FILES = [
    ("benali-le goff yanis marinette", "benali-le goff yanis", "06 39 98 01 02"),
    ("n'diaye awa", "n'diaye awa", "+262 692 12 34 56"),
    ("costa ines", "costa ines", "+32 470 12 34 56"),
    ("o lan", "o lan", ""),
]


def test_files_that_stood_before_are_found_in_the_same_way(migrated):
    old = migrated(BEFORE)
    house = {"kind": "mission_locale", "name": "Port-Haut", "short_name": "port-haut"}
    structure = old.get_model("accounts.Organisation").objects.create(**house)
    for search, outside, phone in FILES:
        values = {"search": search, "search_outside": outside, "phone": phone, "birth_date": "2006-01-01"}
        old.get_model("youths.Youth").objects.create(
            organisation=structure, last_name="X", first_name="X", **values
        )
    files = migrated(AFTER).get_model("youths.Youth").objects
    for search, outside, phone in FILES:
        youth = files.get(search=search)
        assert youth.found_by == searched_in(search, "", "", phone)["found_by"]
        assert youth.search_outside == searched_in(outside, "", "", phone)["search_outside"]
