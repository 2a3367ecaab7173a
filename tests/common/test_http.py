"""A page that reads does not write."""

import pytest
from django.db import transaction
from django.http import HttpResponse

from accounts.models import User
from common.http import WriteInRead, reads
from tests.factories import UserFactory


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_that_reads_is_only_read(rf, method):
    view = reads(lambda request: HttpResponse("seen"))
    assert view(getattr(rf, method)("/")).status_code == 405
    assert view(rf.get("/")).status_code == view(rf.head("/")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda user: User.objects.filter(pk=user.pk).update(first_name="Autre"),
        lambda user: User.objects.filter(pk=user.pk).delete(),
        lambda user: UserFactory(),
    ],
)
def test_a_write_in_a_page_that_reads_fails(rf, write):
    user = UserFactory()

    @reads
    def view(request):
        write(user)
        return HttpResponse("seen")

    with pytest.raises(WriteInRead), transaction.atomic():
        view(rf.get("/"))
    write(user)  # outside, the same write is right


@pytest.mark.parametrize("address", ["/accounts/2fa/", "/nothing/", "/", "/agreements/"])
def test_no_browser_keeps_a_page(as_member, director, address):
    answer = as_member(director).get(address)
    assert "no-store" in answer["Cache-Control"]
    assert "HX-Request" in answer["Vary"]


def test_a_refusal_carries_the_policy_too(client):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
