import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(as_member, counsellor):
    return as_member(counsellor)


def test_the_gallery_draws_every_component(visitor):
    assert visitor.get("/gallery/").status_code == 200


def test_where_people_are_real_there_is_no_gallery(visitor, settings):
    settings.DEMO = settings.DEBUG = False
    assert visitor.get("/gallery/").status_code == 404


def test_its_job_says_how_far_it_is(visitor):
    response = visitor.get("/gallery/", {"job": ""})
    assert "<progress" in response.content.decode()
    assert "<h1" not in response.content.decode()
