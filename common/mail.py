"""What every mail looks like: a sentence, what it says, one button, and what is said in small letters."""

from collections.abc import Sequence
from dataclasses import dataclass

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

STYLE = settings.BASE_DIR / "static" / "mail" / "mail.css"


@dataclass(frozen=True)
class Words:
    """What a mail says, in the language that is on. Others read mail, too: no personal data of whom it is about.

    `lines` are pairs of a sentence and the address that it opens.
    """

    subject: str
    paragraphs: Sequence[str] = ()
    lines: Sequence[tuple[str, str]] = ()
    button: str = ""
    url: str = ""
    small: Sequence[str] = ()


def message_of(words: Words, to: str, message_id: str) -> EmailMultiAlternatives:
    """As text and as HTML. Sent again under the same id, readers of mail show it once."""
    context = {"words": words, "language": translation.get_language()}
    message = EmailMultiAlternatives(
        subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + " ".join(words.subject.splitlines()),
        body=render_to_string("mail/words.txt", context),
        to=[to],
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",  # so that no absence is answered to us
        },
    )
    message.attach_alternative(styled(render_to_string("mail/words.html", context)), "text/html")
    return message


def styled(html: str) -> str:
    """Mail readers drop style sheets: each tag carries its own."""
    return CSSInliner(extra_css=STYLE.read_text(), load_remote_stylesheets=False).inline(html)
