"""Celery looks for an app's tasks here, and not in its sub-rooms."""

from exchange.deliveries.rounds import make_rounds
from exchange.deliveries.tasks import send, send_one
from exchange.documents.tasks import sweep_files
from exchange.exports.tasks import sweep_exports, write_export

__all__ = ["make_rounds", "send", "send_one", "sweep_exports", "sweep_files", "write_export"]
