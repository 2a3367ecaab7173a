"""A text to a telephone: posted to the gateway of `SMS_URL`, or laid into a folder."""

import json
import unicodedata
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

TIMEOUT = 10  # seconds for each answer of the gateway
LONGEST = 160  # characters of one SMS, if each is in the alphabet of telephones
ALPHABET = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)  # GSM 03.38; one letter beyond it would leave room for 70


def carry_text(number: str, text: str, *, name: str) -> int:
    """The status of the gateway's answer. Raises `OSError` where there is none."""
    where = urlsplit(settings.SMS_URL)
    message = {"to": number, "text": plain(text), "id": name}
    if len(message["text"]) > LONGEST:
        raise ValueError("longer than one SMS")
    if where.scheme == "file":
        return laid_into(Path(where.path), message)
    if where.scheme == "https":
        return posted(where, message)
    raise ConnectionError("SMS_URL names no gateway")


def plain(text: str) -> str:
    """In the alphabet of telephones: without the accents that it lacks, and with simple quotes and spaces."""
    text = text.replace("’", "'").replace("…", "...")
    return "".join(one if one in ALPHABET else without_accent(one) for one in text)


def without_accent(letter: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", letter) if one in ALPHABET)


def laid_into(folder: Path, message: dict) -> int:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / f"{message['id']}.json").write_text(json.dumps(message, ensure_ascii=False))
    return 200


def posted(where: SplitResult, message: dict) -> int:
    """`http.client` follows no redirect, which would carry the token and the number elsewhere."""
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {settings.SMS_TOKEN}",
    }
    line = HTTPSConnection(where.hostname or "", where.port, timeout=TIMEOUT)
    try:
        line.request("POST", where.path or "/", json.dumps(message), headers)
        return line.getresponse().status
    except HTTPException as error:  # an answer that is none
        raise ConnectionError(type(error).__name__) from error
    finally:
        line.close()
