"""Mail about signing in, sent beside the request: how long it takes tells nobody which addresses we know."""

import logging
from functools import partial

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.utils import filter_users_by_email
from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import AccountMail, Guesses, KnownDevice, Session
from accounts.models.guess import KEPT, REMEMBERED
from accounts.models.mail import LONGEST, ONCE_IN, Purpose
from common import clock
from common.queued import ring

logger = logging.getLogger(__name__)
NOT_SENT = "The mail server does not answer."


@transaction.atomic
def ask_for_mail(purpose: Purpose, email: str, *, language: str = "") -> None:
    """The same work for every address; nothing where the last one was sent a moment ago.

    `language` is its owner's, where that is known.
    """
    is_own = purpose == Purpose.RESET  # whoever guesses does not choose its owner's language
    asked = AccountMail(
        purpose=purpose,
        email=email.lower()[:LONGEST],  # some letters grow; nobody’s address is as long
        language=language or (translation.get_language() if is_own else settings.LANGUAGE_CODE),
        again_at=clock.now() + ONCE_IN[purpose],
    )
    AccountMail.objects.bulk_create([asked], ignore_conflicts=True)
    transaction.on_commit(partial(ring, send_account_mail, asked.pk))


@shared_task(name="accounts.tasks.send_account_mail")
def send_account_mail(pk: str) -> None:
    """Safe to run twice or to be killed: the row is the job."""
    asked = AccountMail.objects.claim(pk)
    if asked is None:
        return
    try:
        with translation.override(asked.language):
            if asked.purpose == Purpose.MOVED:  # it is nobody's any more
                tell(asked.email, asked)
            elif users := filter_users_by_email(asked.email, is_active=True, prefer_verified=True):
                write_to(users, asked)
    except Exception:
        logger.exception("Mail about signing in could not be sent on try %s.", asked.tries)
        asked.put_back(NOT_SENT)
    else:
        asked.finish()


def write_to(users, asked: AccountMail) -> None:
    if asked.purpose == Purpose.RESET:
        request_password_reset(None, asked.email, users, default_token_generator)
        return
    for user in users:
        tell(user.email, asked)


def tell(email: str, asked: AccountMail) -> None:
    context = {"reset_url": settings.SITE_URL + reverse("account_reset_password")}
    get_adapter().deliver(f"account/email/{asked.purpose}", email, context)


@shared_task(name="accounts.tasks.sweep_account_mail")
def sweep_account_mail() -> None:
    """Ring for what waits; forget whose address was typed."""
    AccountMail.objects.give_up(NOT_SENT)
    AccountMail.objects.served().delete()
    for pk in AccountMail.objects.claimable().values_list("pk", flat=True)[:100]:
        ring(send_account_mail, pk)


@shared_task(name="accounts.tasks.forget_sign_ins")
def forget_sign_ins() -> None:
    """What serves nobody any more: sessions that ended, guesses of the last hour, devices of last year."""
    now = clock.now()
    Session.objects.filter(expire_date__lt=now).delete()
    Guesses.objects.filter(last_at__lt=now - KEPT).delete()
    KnownDevice.objects.filter(last_used_at__lt=now - REMEMBERED).delete()
