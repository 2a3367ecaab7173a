"""What is done beside the requests."""

from celery import shared_task

from accounts.models import Guesses, KnownDevice, Session
from accounts.models.guess import KEPT, REMEMBERED
from common import clock


@shared_task(name="accounts.tasks.forget_sign_ins")
def forget_sign_ins() -> None:
    """What serves nobody any more: sessions that ended, guesses of the last hour, devices of last year."""
    now = clock.now()
    Session.objects.filter(expire_date__lt=now).delete()
    Guesses.objects.filter(last_at__lt=now - KEPT).delete()
    KnownDevice.objects.filter(last_used_at__lt=now - REMEMBERED).delete()
