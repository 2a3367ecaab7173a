"""DEMO and DEBUG ask no second factor and admit printed passwords: never beside real people."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import OperationalError, ProgrammingError

from accounts.models import User

# Reserved for examples (RFC 2606): nobody real receives mail there, and every invented account has such an address.
RESERVED = ".example"


def check_only_invented() -> None:
    """Raises `ImproperlyConfigured` where DEMO or DEBUG is on and somebody real can sign in."""
    if not settings.FICTITIOUS:
        return
    try:
        is_real = User.objects.exclude(email__iendswith=RESERVED).exists()
    except (OperationalError, ProgrammingError):
        return  # nothing is migrated yet, or nothing answers: then nobody signs in either
    if is_real:
        raise ImproperlyConfigured(
            "Passerelle does not start: DEMO or DEBUG is on, and this database holds real people. Both lift the "
            f"second factor. Set them to 0, or use a database whose accounts all end in “{RESERVED}”."
        )
