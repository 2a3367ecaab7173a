"""What a phone waits for is small, and its length tells nothing."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse
from django.urls import reverse

from common.http import Compressed

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("path", ["/youths/", "/api/v1/organisations/"])
def test_pages_and_answers_are_compressed_where_the_browser_can(as_member, counsellor, path):
    client = as_member(counsellor)
    small = client.get(path, headers=GZIP)
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content)[:1] in {b"\n", b"<", b"{"}
    assert "Content-Encoding" not in client.get(path).headers


def test_the_same_answer_has_many_lengths(rf):
    compressed = Compressed(lambda request: HttpResponse("Passerelle " * 500))
    lengths = {len(compressed(rf.get("/", headers=GZIP)).content) for _answer in range(40)}
    assert len(lengths) > 10


def test_files_are_sent_as_they_are(rf, tmp_path):
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes(b"%PDF" * 1000)
    answer = Compressed(lambda request: FileResponse(pdf.open("rb")))(rf.get("/", headers=GZIP))
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Length"] == "4000"
    answer.close()


def test_a_compressed_record_is_named_by_the_same_tag(as_member, counsellor, youth):
    client, url = as_member(counsellor), f"/api/v1/youths/{youth.pk}/"
    tag = client.get(url, headers=GZIP).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": tag, **GZIP}).status_code == 304
    changed = client.patch(
        url, {"commune": "Gap"}, content_type="application/json", headers={"If-Match": tag}
    )
    assert changed.status_code == 200


def test_signing_out_leaves_nothing_in_the_browser(as_member, counsellor, client):
    answer = as_member(counsellor).post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in as_member(counsellor).get(reverse("desk:home")).headers
    assert "Clear-Site-Data" not in client.get("/accounts/login/").headers
