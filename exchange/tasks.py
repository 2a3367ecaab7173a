"""Celery looks for an app's tasks here, and not in its sub-rooms."""

from exchange.deliveries.tasks import send
from exchange.documents.tasks import sweep_files
from exchange.exports.tasks import sweep_exports, write_export
from exchange.links.tasks import send_link, send_link_code, sweep_links

__all__ = [
    "send",
    "send_link",
    "send_link_code",
    "sweep_exports",
    "sweep_files",
    "sweep_links",
    "write_export",
]
