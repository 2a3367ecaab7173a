"""Reads of personal data are written down before the data leaves."""

from collections.abc import Iterable, Mapping
from functools import wraps

from accounts.models import AuditEntry


class NotWrittenDown(RuntimeError):
    """A page that shows personal data did not say whose."""


def showing(request, subject_type: str, ids, filters=None):
    """Say which records the answer shows; `audited` writes it when the answer is made.

    `filters` are the names of the filters in use: those we know (`in_use`), for any other could name someone,
    and so could what was typed.
    """
    request.shown.append((subject_type, [str(pk) for pk in ids], sorted(filters or [])))


def in_use(known: Iterable[str], typed: Mapping) -> list[str]:
    return sorted(name for name in known if typed.get(name))


def audited(view):
    """Write what the view showed, outside its read-only part; where that fails, nothing leaves."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        request.shown = []
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not request.shown:
            raise NotWrittenDown(request.resolver_match.view_name)
        write_shown(request)
        return response

    return wrapper


def write_shown(request):
    """`by` is nobody where a personal link was opened without an account."""
    member = request.member
    AuditEntry.objects.bulk_create(
        AuditEntry(
            by=member,
            organisation_id=member and member.organisation_id,
            action=AuditEntry.Action.READ,
            route=request.resolver_match.view_name,
            filters=filters,
            subject_type=subject_type,
            subject_ids=ids,
        )
        for subject_type, ids, filters in request.shown
    )
