"""Filters of a list kept under a name: whose they are, what is kept, what opens the list."""

import pytest
from django.urls import reverse

from accounts.models import Event, Role
from common.clock import today
from exchange.models import DefaultView, SavedView
from exchange.saved import actions
from exchange.saved.lists import LISTS
from tests.factories import FollowUpFactory, MembershipFactory, SavedViewFactory, YouthFactory

pytestmark = pytest.mark.django_db
URL = "/youths/"
KEYS = ("youths", "referrals", "agreements", "evaluations")
NEW = "/views/new/?list=youths&"


def keep(client, name="En retard", query="due=late", **typed):
    return client.post(f"{NEW}{query}", {"name": name, **typed})


def names(client, url=f"{URL}?view=all") -> list[str]:
    return [view.name for view in client.get(url).context["saved"].views]


def test_filters_are_kept_under_a_name_and_opened_again(as_member, counsellor):
    client = as_member(counsellor)
    page = client.get(f"{URL}?scope=structure&due=late&cursor=x")
    url = page.context["saved"].save_url
    assert "Rappels" in client.get(url).content.decode()
    answer = client.post(url, {"name": "  En retard, partout "})
    view = SavedView.objects.get()
    assert (view.name, view.author, view.is_shared) == ("En retard, partout", counsellor, False)
    assert view.filters == {"due": ["late"], "scope": ["structure"]}
    assert Event.objects.filter(subject_id=view.pk, verb="created", by=counsellor).exists()
    opened = client.get(answer.url)
    assert opened.url == f"{URL}?due=late&scope=structure&view={view.pk}"
    shown = client.get(opened.url).context["saved"]
    assert (shown.current, shown.lacks_some, shown.save_url) == (view, False, "")
    assert client.get(f"{URL}?due=late&scope=structure").context["saved"].current == view
    assert client.get(f"{URL}?due=today").context["saved"].current is None


@pytest.mark.parametrize("name", KEYS)
def test_words_typed_and_people_chosen_are_no_filter_to_keep(as_member, counsellor, youth, name):
    listing = LISTS[name]
    assert not {"q", "youth", "mine"} & {*listing.names}
    asked = {"list": name, "q": "Benali", "youth": str(youth.pk), "cursor": "x", "made_up": "Benali"}
    as_member(counsellor).post(
        f"{reverse('exchange:saved_view_create')}", {"name": "Vue"}, query_params=asked
    )
    assert SavedView.objects.get().filters == {}


def test_only_values_that_the_list_knows_are_kept(as_member, counsellor, stranger_counsellor):
    client = as_member(counsellor)
    keep(client, query=f"due=Benali&silent=true&scope=all&referent={stranger_counsellor.user_id}")
    assert SavedView.objects.get().filters == {"silent": ["true"]}


def test_ones_own_are_nobody_elses_and_shared_ones_are_the_structures(
    as_member, counsellor, colleague, director, reception, stranger_counsellor, agent
):
    keep(as_member(counsellor), "La mienne")
    keep(as_member(counsellor), "La nôtre", is_shared="on")
    assert names(as_member(counsellor)) == ["La mienne", "La nôtre"]
    for member in (colleague, director, reception):
        assert names(as_member(member)) == ["La nôtre"]
    for member in (stranger_counsellor, agent):
        assert names(as_member(member)) == []
    own = SavedView.objects.get(is_shared=False)
    for route in ("open", "change"):
        assert (
            as_member(director).get(reverse(f"exchange:saved_view_{route}", args=[own.pk])).status_code == 404
        )
    assert as_member(director).post(reverse("exchange:saved_view_delete", args=[own.pk])).status_code == 404


def test_who_leaves_or_changes_organisation_leaves_the_shared_ones(as_member, counsellor, director, partner):
    keep(as_member(counsellor), "La mienne")
    keep(as_member(counsellor), "La nôtre", is_shared="on")
    counsellor.write(ends_on=today())
    elsewhere = MembershipFactory(user=counsellor.user, organisation=partner, role=Role.AGENT)
    assert not SavedView.objects.visible_to(elsewhere).exists()
    assert names(as_member(director)) == ["La nôtre"]
    view = SavedView.objects.get(is_shared=True)
    as_member(director).post(reverse("exchange:saved_view_delete", args=[view.pk]))
    assert names(as_member(director)) == []


def test_a_shared_one_is_changed_by_its_author_and_the_director(as_member, counsellor, colleague, director):
    view = SavedViewFactory(author=counsellor, name="Vue")
    url = reverse("exchange:saved_view_change", args=[view.pk])
    page = as_member(colleague).get(url).content.decode()
    assert 'name="name"' not in page
    assert "delete" not in page
    as_member(colleague).post(url, {"name": "Autre", "expected": 1, "sent": "1"})
    as_member(colleague).post(reverse("exchange:saved_view_delete", args=[view.pk]))
    view.refresh_from_db()
    assert view.name == "Vue"
    as_member(director).post(url, {"name": "Autre", "expected": 1})
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.author) == ("Autre", True, counsellor)
    as_member(counsellor).post(url, {"name": "La mienne", "expected": 2})
    assert names(as_member(director)) == []


def test_of_two_who_change_a_view_the_second_is_told(as_member, counsellor, director):
    view = SavedViewFactory(author=counsellor, name="Vue")
    url = reverse("exchange:saved_view_change", args=[view.pk])
    as_member(director).post(url, {"name": "La première", "expected": 1})
    answer = as_member(counsellor).post(url, {"name": "La seconde", "expected": 1, "is_shared": "on"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "La première" in page
    assert 'value="La seconde"' in page


@pytest.mark.parametrize("shared", [{}, {"is_shared": "on"}])
def test_a_name_is_given_once_whatever_its_case(as_member, counsellor, shared):
    client = as_member(counsellor)
    keep(client, "Mes retards", **shared)
    answer = keep(client, "MES RETARDS", "silent=true", **shared)
    assert answer.status_code == 422
    assert 'value="MES RETARDS"' in answer.content.decode()
    assert 'type="checkbox" name="replaces"' in answer.content.decode()
    assert keep(client, "Mes retards", "silent=true", replaces="on", **shared).status_code == 302
    assert SavedView.objects.get().filters == {"silent": ["true"]}


def test_somebody_elses_shared_view_is_not_replaced(as_member, counsellor, colleague):
    SavedViewFactory(author=counsellor, name="Vue")
    answer = keep(as_member(colleague), "vue", "silent=true", is_shared="on", replaces="on")
    assert answer.status_code == 422
    assert SavedView.objects.get().filters == {"due": ["late"]}
    assert keep(as_member(colleague), "vue").status_code == 302, "an own one may have the name"


def test_the_database_refuses_a_name_that_the_form_let_through(counsellor):
    SavedViewFactory(author=counsellor, name="Vue")
    view = SavedView(listing="youths", name="VUE", is_shared=True)
    with pytest.raises(actions.ValidationError):
        actions.save_view(view, by=counsellor)
    assert not DefaultView.objects.exists()


def test_a_double_click_keeps_one_view(as_member, counsellor):
    typed = {"record_id": "11111111-1111-4111-8111-111111111111", "is_default": "on"}
    first, second = (keep(as_member(counsellor), **typed) for _ in range(2))
    assert SavedView.objects.count() == 1
    assert first.url == second.url


def test_the_default_opens_a_list_of_which_nothing_is_asked(as_member, counsellor, colleague):
    client = as_member(counsellor)
    keep(client, is_shared="on", is_default="on")
    view = SavedView.objects.get()
    assert client.get(URL).url == f"{URL}?due=late&view={view.pk}"
    page = client.get(f"{URL}?due=late&view={view.pk}")
    everything = page.context["saved"].all_url
    assert client.get(everything).status_code == 200
    assert f'href="{everything}"' in page.content.decode()
    assert client.get(URL, {"due": "today"}).status_code == 200
    assert client.get(URL, headers={"HX-Request": "true"}).status_code == 200
    assert as_member(colleague).get(URL).status_code == 200, "each chooses for themselves"


def test_every_way_back_to_the_whole_list_passes_the_default(as_member, counsellor):
    client = as_member(counsellor)
    keep(client, is_default="on")
    context = client.get(f"{URL}?due=late").context
    ways = [context["tabs"][0].url, context["clear_url"], context["counters"][0]["href"]]
    assert [client.get(url).status_code for url in ways] == [200, 200, 200]


def test_a_default_that_is_shared_no_longer_or_deleted_opens_nothing(as_member, counsellor, colleague):
    view = SavedViewFactory(author=counsellor)
    actions.change_view(view, by=colleague, is_default=True)
    assert as_member(colleague).get(URL).status_code == 302
    actions.change_view(view, by=counsellor, is_shared=False)
    assert as_member(colleague).get(URL).status_code == 200
    actions.delete_view(view, by=counsellor)
    assert not DefaultView.objects.exists()
    actions.delete_view(view, by=counsellor)


def test_one_default_for_each_list(as_member, counsellor):
    client = as_member(counsellor)
    keep(client, "Une", is_default="on")
    keep(client, "Deux", "silent=true", is_default="on")
    assert DefaultView.objects.get().view.name == "Deux"
    view = DefaultView.objects.get().view
    client.post(reverse("exchange:saved_view_change", args=[view.pk]), {"name": "Deux", "expected": 1})
    assert client.get(URL).status_code == 200


def test_what_is_gone_is_said_and_the_rest_shown(as_member, counsellor, colleague, reception):
    filters = {"due": ["late"], "gone": ["x"], "referent": [str(colleague.user_id)]}
    view = SavedViewFactory(author=counsellor, filters=filters)
    client = as_member(counsellor)
    url = client.get(view.get_absolute_url()).url
    assert url == f"{URL}?due=late&referent={colleague.user_id}&view={view.pk}"
    assert client.get(url).context["saved"].lacks_some
    colleague.write(ends_on=colleague.starts_on)
    assert client.get(view.get_absolute_url()).url == f"{URL}?due=late&view={view.pk}"
    assert as_member(reception).get(view.get_absolute_url()).url == f"{URL}?view={view.pk}"
    assert "n’existe plus" in as_member(reception).get(f"{URL}?view={view.pk}").content.decode()


def test_a_view_of_a_list_that_is_no_longer_there_is_not_found(as_member, counsellor):
    view = SavedViewFactory(author=counsellor, listing="gone")
    assert as_member(counsellor).get(view.get_absolute_url()).status_code == 404


def test_there_are_fifty_of_a_list_at_most(as_member, counsellor):
    for _ in range(50):
        SavedViewFactory(author=counsellor, is_shared=False)
    answer = keep(as_member(counsellor))
    assert answer.status_code == 422
    assert 'value="En retard"' in answer.content.decode()


def test_thirty_views_cost_what_one_costs(as_member, counsellor, django_assert_max_num_queries):
    FollowUpFactory(youth=YouthFactory(organisation=counsellor.organisation), referent=counsellor)
    for _ in range(30):
        SavedViewFactory(author=counsellor)
    client = as_member(counsellor)
    with django_assert_max_num_queries(8):
        page = client.get(f"{URL}?due=late")
    shown = page.context["saved"]
    assert (len(shown.first), len(shown.more)) == (6, 24)


@pytest.mark.parametrize(
    ("name", "query"),
    [("referrals", "state=closed"), ("agreements", "kind=charter"), ("evaluations", "status=draft")],
)
def test_every_list_keeps_its_filters(as_member, director, name, query):
    client, listing = as_member(director), LISTS[name]
    page = client.get(f"{listing.url()}?{query}")
    answer = client.post(page.context["saved"].save_url, {"name": "Vue", "is_default": "on"})
    assert client.get(answer.url).url.startswith(f"{listing.url()}?{query}&view=")
    assert client.get(listing.url()).status_code == 302
    assert client.get(client.get(listing.url()).url).context["saved"].current.name == "Vue"
