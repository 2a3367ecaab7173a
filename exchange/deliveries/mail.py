"""How a notice reads as a mail: that something waits, for which organisation, and where. Others read mail, too."""

from urllib.parse import urlsplit

from css_inline import CSSInliner
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from exchange.deliveries.models import Delivery

STYLE = settings.BASE_DIR / "static" / "mail" / "mail.css"


def message_of(delivery: Delivery) -> EmailMultiAlternatives:
    """In the recipient's language; sent again it is the same message, and says so by its Message-ID."""
    notice = delivery.notice
    with translation.override(notice.member.user.language):
        context = {
            "language": translation.get_language(),
            "sentence": notice.sentence,
            "organisation": notice.member.organisation.name,
            "url": settings.SITE_URL + notice.get_absolute_url(),
        }
        message = EmailMultiAlternatives(
            subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{notice.sentence}",
            body=render_to_string("exchange/mail/notice.txt", context),
            to=[notice.member.user.email],
            headers={
                "Message-ID": f"<{delivery.pk}@{urlsplit(settings.SITE_URL).hostname}>",
                "Auto-Submitted": "auto-generated",  # so that no absence is answered to us
            },
        )
        message.attach_alternative(
            styled(render_to_string("exchange/mail/notice.html", context)), "text/html"
        )
    return message


def styled(html: str) -> str:
    """Mail readers drop style sheets: each tag carries its own."""
    return CSSInliner(extra_css=STYLE.read_text(), load_remote_stylesheets=False).inline(html)
