"""DEMO and DEBUG ask no second factor and admit printed passwords: never beside real people."""

from functools import reduce
from operator import or_

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User

# Reserved (RFC 2606): nobody real receives mail there. Invented people and API clients have such addresses.
RESERVED = (".example", ".invalid", ".test")


def check_only_invented() -> None:
    """Raises `ImproperlyConfigured` where DEMO or DEBUG is on and somebody real can sign in."""
    if not settings.FICTITIOUS:
        return
    if User._meta.db_table not in connection.introspection.table_names():
        return  # nothing is migrated yet
    is_reserved = reduce(or_, (Q(email__iendswith=domain) for domain in RESERVED))
    is_real = User.objects.exclude(is_reserved).exists()
    if is_real:
        raise ImproperlyConfigured(
            "Passerelle does not start: DEMO or DEBUG is on, and this database holds real people. Both lift the "
            f"second factor. Set them to 0, or use a database whose accounts all end in “{RESERVED[0]}”."
        )


def check_is_invented(email: str) -> None:
    """Raises `ValidationError` where only invented people are, and this may be somebody's."""
    if settings.FICTITIOUS and not email.endswith(RESERVED):
        sentence = _("Only invented people are here: give an address that ends in %(domain)s.")
        raise ValidationError(sentence % {"domain": RESERVED[0]})


def holds_real_people() -> bool:
    is_reserved = reduce(or_, (Q(email__iendswith=domain) for domain in RESERVED))
    return User.objects.exclude(is_reserved).exists()
