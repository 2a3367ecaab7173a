"""The mail that brings a link, sent beside the request by a worker. `send` is the one way out."""

import logging
from functools import partial

from allauth.account.adapter import get_adapter
from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from common import clock
from common.queued import ring
from common.words import day_words
from exchange.links.models import LinkCode, PersonalLink

logger = logging.getLogger(__name__)
NOT_SENT = "The mail server does not answer."


def send(link: PersonalLink) -> None:
    """Once what the link is about is committed."""
    transaction.on_commit(partial(ring, send_link, link.pk))


def send_anew(code: LinkCode) -> None:
    """Once it is committed that it was asked for."""
    transaction.on_commit(partial(ring, send_link_code, code.pk))


@shared_task(name="exchange.links.tasks.send_link_code")
def send_link_code(pk: str) -> None:
    """Safe to run twice or to be killed: the row is the job. What is too old by then is not sent."""
    code = LinkCode.objects.select_related("link").claim(pk)
    if code is None:
        return
    link = code.link
    try:
        if not link.closed_because and not code.spent_at and code.serves_until > clock.now():
            with translation.override(link.language):
                get_adapter().deliver("exchange/email/code", link.email, {"code": code.new_figures()})
    except Exception:
        logger.exception("The mail with a code could not be sent on try %s.", code.tries)
        code.put_back(NOT_SENT)
    else:
        code.finish()


@shared_task(name="exchange.links.tasks.send_link")
def send_link(pk: str) -> None:
    """Safe to run twice or to be killed: the row is the job."""
    link = PersonalLink.objects.claim(pk)
    if link is None:
        return
    try:
        if not link.closed_because:
            with translation.override(link.language):
                write(link)
    except Exception:
        logger.exception("The mail with a link could not be sent on try %s.", link.tries)
        link.put_back(NOT_SENT)
    else:
        link.finish()


def write(link: PersonalLink) -> None:
    """The secret stands after the #, which browsers send to nobody."""
    address = f"{settings.SITE_URL}{reverse('exchange:link_open')}#{link.new_secret()}"
    context = {"address": address, "subject": link.subject, "last_day": day_words(link.last_day)}
    get_adapter().deliver(f"exchange/email/{link.purpose}", link.email, context)


@shared_task(name="exchange.links.tasks.sweep_links")
def sweep_links() -> None:
    """Ring for what waits."""
    PersonalLink.objects.give_up(NOT_SENT)
    LinkCode.objects.give_up(NOT_SENT)
    for rows, task in ((PersonalLink.objects, send_link), (LinkCode.objects, send_link_code)):
        for pk in rows.claimable().values_list("pk", flat=True)[:100]:
            ring(task, pk)
