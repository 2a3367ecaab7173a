"""Mail about signing in, sent beside the request: how long it takes tells nobody which addresses we know."""

import logging
from functools import partial

from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.utils import filter_users_by_email
from celery import shared_task
from django.db import transaction
from django.utils import translation

from accounts.models import ResetRequest

logger = logging.getLogger(__name__)
NOT_SENT = "The mail server does not answer."


@transaction.atomic
def ask_for_reset(email: str) -> None:
    """The same work for every address."""
    asked = ResetRequest.objects.create(email=email, language=translation.get_language())
    transaction.on_commit(partial(ring, asked.pk))


def ring(pk) -> None:
    """Wake a worker. Without a broker the row waits for the sweep."""
    try:
        send_reset.apply_async((str(pk),), expires=3600)
    except Exception as error:
        logger.warning("The broker does not answer (%s); a reset waits.", type(error).__name__)


@shared_task(name="accounts.tasks.send_reset")
def send_reset(pk: str) -> None:
    """Safe to run twice or to be killed: the row is the job, and goes with the mail."""
    asked = ResetRequest.objects.claim(pk)
    if asked is None:
        return
    try:
        with translation.override(asked.language):
            if users := filter_users_by_email(asked.email, is_active=True, prefer_verified=True):
                request_password_reset(None, asked.email, users, default_token_generator)
    except Exception:
        logger.exception("A reset could not be sent on try %s.", asked.tries)
        asked.put_back(NOT_SENT)
    else:
        asked.delete()


@shared_task(name="accounts.tasks.sweep_resets")
def sweep_resets() -> None:
    """Ring for what waits; forget what five workers could not send: the person has asked again since."""
    ResetRequest.objects.give_up(NOT_SENT)
    ResetRequest.objects.filter(status="failed").delete()
    for pk in ResetRequest.objects.claimable().values_list("pk", flat=True)[:100]:
        ring(pk)
