"""The mails of the demonstration can be read there, and nowhere else."""

import pytest
from django.core.mail import get_connection
from pytest_django.asserts import assertContains, assertNotContains

from common import clock
from common.mail import Words, message_of
from exchange.deliveries import sms

pytestmark = pytest.mark.django_db
LIST = "/demonstration/mail/"


@pytest.fixture
def folder(tmp_path, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.SMS_URL = f"file://{tmp_path}/sms"
    return tmp_path


@pytest.fixture
def sent(folder):
    words = [
        Words(
            subject=f"Objet {n} <b>",
            paragraphs=["L’été à Besançon"],
            button="Ouvrir",
            url=f"http://testserver/{n}/",
        )
        for n in range(2)
    ]
    get_connection().send_messages(
        [message_of(one, "lucie@ml.example", f"<{n}@here>") for n, one in enumerate(words)]
    )


@pytest.mark.usefixtures("sent")
def test_each_mail_is_listed_and_read_as_text_and_as_html(client):
    page = client.get(LIST)
    first, second = page.context["mails"]
    assertContains(page, "Objet 1 &lt;b&gt;")
    assert abs(first.sent_at - clock.now()).total_seconds() < 60
    text = client.get(f"{LIST}{first.name}/")
    assertContains(text, '<a href="http://testserver/1/"')
    html = client.get(f"{LIST}{second.name}/html/")
    assertContains(html, "L’été à Besançon")
    assert "Objet 0 &lt;b&gt;" in html.text
    policy = html.headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.usefixtures("folder")
def test_texts_stand_below(client):
    sms.carry_text("+33612345678", "Votre code", name="one")
    assertContains(client.get(LIST), "Votre code")


@pytest.mark.usefixtures("folder")
def test_an_empty_one_says_how_to_fill_it(client):
    assertContains(client.get(LIST), "Aucun courriel")


@pytest.mark.usefixtures("sent")
def test_elsewhere_there_is_no_such_page(client, settings):
    name = client.get(LIST).context["mails"][0].name
    settings.DEMO = False
    for address in (LIST, f"{LIST}{name}/", f"{LIST}{name}/html/"):
        assert client.get(address).status_code == 404


def test_it_is_found_from_the_sign_in_page_of_a_demonstration_alone(client, settings):
    assertContains(client.get("/accounts/login/"), LIST)
    settings.DEMO = False
    assertNotContains(client.get("/accounts/login/"), LIST)
