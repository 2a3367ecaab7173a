"""Where Celery looks for the tasks of an app: those of its sub-rooms."""

from exchange.links.tasks import send_link, sweep_links

__all__ = ["send_link", "sweep_links"]
