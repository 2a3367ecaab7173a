"""Celery looks for an app's tasks here, and not in its sub-rooms."""

from youths.imports.tasks import sweep_imports, take_table

__all__ = ["sweep_imports", "take_table"]
