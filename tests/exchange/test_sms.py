"""Texts to telephones: a folder or a gateway, no code stored, none longer than one SMS."""

import datetime
import json
import re
import socket
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from accounts import letters
from accounts.models import Letter
from common import clock
from common.mail import Words
from common.queued import JobStatus
from exchange.deliveries import sms, tasks
from exchange.deliveries.actions import deliver_code
from exchange.models import Delivery
from tests.exchange.postman import closed_port

pytestmark = pytest.mark.django_db
NUMBER = "+33612345678"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def kind(monkeypatch):
    """A code of a test: the next one each time that a text is written."""
    codes = iter(range(111111, 999999))

    def compose(letter, _nobody):
        return Words(subject=f"Votre code Passerelle : {next(codes)}. Il sert dix minutes.")

    kind = letters.LetterKind(
        "test_code", compose, serves=10 * MINUTE, once_in=10 * MINUTE, to_an_account=False, by_sms=True
    )
    monkeypatch.setitem(letters.KINDS, kind.name, kind)
    return kind


@pytest.fixture
def folder(tmp_path, settings):
    settings.SMS_URL = f"file://{tmp_path}/sms"
    return tmp_path / "sms"


def laid(folder) -> list[dict]:
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


def test_a_code_leaves_once_and_stands_in_no_row(kind, folder):
    for _click in range(2):
        deliver_code(kind, NUMBER, occasion="one")
    tasks.send()
    (message,) = laid(folder)
    assert message["to"] == NUMBER
    assert message["text"] == "Votre code Passerelle : 111111. Il sert dix minutes."
    assert "111111" not in str([*Letter.objects.values(), *Delivery.objects.values()])
    assert Delivery.objects.get().status == JobStatus.READY


def test_whose_number_it_was_is_forgotten(kind, folder):
    deliver_code(kind, NUMBER, occasion="one")
    tasks.send()
    with clock.at(clock.now() + 11 * MINUTE):
        tasks.send()
    assert not Letter.objects.exists()


def test_a_code_that_would_come_too_late_stays_here(kind, folder, settings):
    settings.SMS_URL = ""
    deliver_code(kind, NUMBER, occasion="one")
    tasks.send()
    assert Delivery.objects.get().status == JobStatus.QUEUED
    settings.SMS_URL = f"file://{folder}"
    tasks.cache.clear()
    with clock.at(clock.now() + 11 * MINUTE):
        tasks.send()
    assert Delivery.objects.get().status == JobStatus.FAILED
    assert not laid(folder)


def test_a_gateway_that_is_away_holds_no_mail_back(kind, settings, delivery, mailoutbox):
    settings.SMS_URL = f"https://127.0.0.1:{closed_port()}/sms"
    deliver_code(kind, NUMBER, occasion="one")
    Delivery.objects.filter(channel="sms").update(asked_at=delivery.asked_at - MINUTE)
    tasks.send()
    assert len(mailoutbox) == 1
    assert Delivery.objects.get(channel="sms").sentence == "La passerelle SMS ne répond pas."


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("L’été à Besançon\u00a0: çà et là… œuf", "L'été à Besancon : cà et là... uf"),
        ("Ünïcode 😀 €", "Ünicode  "),
    ],
)
def test_a_text_is_in_the_alphabet_of_telephones(text, leaves):
    assert sms.plain(text) == leaves


def test_a_text_longer_than_one_sms_is_refused(folder):
    with pytest.raises(ValueError, match="one SMS"):
        sms.carry_text(NUMBER, "a" * 161, name="x")


# The gateway.


class Gateway(HTTPServer):
    status, headers, asked = 202, {}, []


class Answers(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), json.loads(body)))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


def certificate(folder):
    """Of 127.0.0.1, for an hour of the machine's clock."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    begun = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=5)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + datetime.timedelta(hours=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "gateway.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + built.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextmanager
def at_work(path):
    server = Gateway(("127.0.0.1", 0), Answers)
    server.asked = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def gateway(tmp_path, settings, monkeypatch):
    path = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))  # whom we trust
    with at_work(path) as server:
        settings.SMS_URL, settings.SMS_TOKEN = f"https://127.0.0.1:{server.server_port}/v1/sms", "the token"
        yield server


def sent_to(gateway, kind) -> Delivery:
    deliver_code(kind, NUMBER, occasion="one")
    tasks.send()
    return Delivery.objects.get()


def test_the_gateway_hears_number_text_and_token(gateway, kind):
    assert sent_to(gateway, kind).status == JobStatus.READY
    ((path, headers, message),) = gateway.asked
    assert (path, headers["Authorization"], message["to"]) == ("/v1/sms", "Bearer the token", NUMBER)
    assert re.search(r"\b\d{6}\b", message["text"])


@pytest.mark.parametrize(
    ("status", "becomes"),
    [(400, "failed"), (401, "failed"), (301, "failed"), (429, "queued"), (500, "queued"), (503, "queued")],
)
def test_what_the_gateway_answers(gateway, kind, status, becomes):
    gateway.status, gateway.headers = status, {"Location": "https://elsewhere.example/"}
    delivery = sent_to(gateway, kind)
    assert delivery.status == becomes
    assert delivery.sentence
    assert len(gateway.asked) == 1, "no redirect is followed"


def test_a_gateway_that_nobody_vouches_for_hears_nothing(gateway, kind, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert sent_to(gateway, kind).status == JobStatus.QUEUED
    assert not gateway.asked


def test_a_gateway_that_hangs_takes_its_timeout(kind, settings, monkeypatch):
    monkeypatch.setattr(sms, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.SMS_URL = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        assert sent_to(None, kind).status == JobStatus.QUEUED
