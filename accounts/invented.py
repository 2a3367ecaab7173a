"""DEMO and DEBUG ask no second factor and admit printed passwords: never beside real people."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.db.utils import OperationalError, ProgrammingError

from accounts.models import User
from common.outage import is_outage

# Reserved (RFC 2606): nobody real receives mail there. Invented people and API clients have such addresses.
RESERVED = (".example", ".invalid", ".test")


def check_only_invented() -> None:
    """Raises `ImproperlyConfigured` where DEMO or DEBUG is on and somebody real can sign in."""
    if not settings.FICTITIOUS:
        return
    try:
        is_reserved = reduce(or_, (Q(email__iendswith=domain) for domain in RESERVED))
        is_real = User.objects.exclude(is_reserved).exists()
    except (OperationalError, ProgrammingError) as error:
        if is_outage(error):
            raise  # it may hold real people once it is back
        return  # nothing is migrated yet
    if is_real:
        raise ImproperlyConfigured(
            "Passerelle does not start: DEMO or DEBUG is on, and this database holds real people. Both lift the "
            f"second factor. Set them to 0, or use a database whose accounts all end in “{RESERVED[0]}”."
        )
