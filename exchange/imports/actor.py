"""Who acts when a command imports for an organisation."""

from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Organisation, Role, User


def importer_of(organisation: Organisation) -> Membership:
    """A client that nobody signs in as: events then say that it was an import, and for whom."""
    nobody = {"first_name": "Import", "last_name": organisation.short_name, "password": make_password(None)}
    user, _is_new = User.objects.get_or_create(email=f"import-{organisation.pk}@api.invalid", defaults=nobody)
    return Membership.objects.get_or_create(
        user=user, organisation=organisation, ends_on=None, defaults={"role": Role.CLIENT}
    )[0]
