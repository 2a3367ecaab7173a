"""The Celery application is made with Django, so that every process knows which broker to ring."""

from .celery import app as celery_app

__all__ = ["celery_app"]
