"""What of a young person's file goes into a spreadsheet. What is for the team only never does."""

from django.utils.translation import gettext_lazy as _

from exchange.exports.listing import Column, column
from youths.imports.cells import FIELDS
from youths.imports.columns import EXTERNAL_ID


def commune_of(youth, member) -> str:
    """A file wanders further than its reader: a protected address stays here."""
    return "" if youth.protected_address else youth.commune


def referent_of(youth, member) -> str:
    return " ".join(filter(None, (youth.referent_first_name, youth.referent_last_name)))


COLUMNS = (
    column(_("Last name"), "last_name"),
    column(_("First name"), "first_name"),
    column(_("Usual name"), "usual_name"),
    column(_("Date of birth"), "birth_date"),
    column(_("Mobile"), "phone"),
    column(_("E-mail"), "email"),
    Column(_("Municipality"), commune_of),
    Column(_("Situation"), lambda youth, member: youth.get_situation_display()),
    Column(_("Schooling level"), lambda youth, member: youth.get_schooling_display()),
    Column(_("Referent"), referent_of),
    column(_("Last contact"), "last_contact_at"),
    column(_("Next step"), "next_step"),
    column(_("To be done on"), "next_on"),
)


def identifier_of(youth, member) -> str:
    """By which an import elsewhere finds the file again: the other system's, or ours."""
    return youth.external or f"passerelle:{youth.pk}"


def as_imported(name: str) -> Column:
    """A field in our own words, which an import reads in any language."""
    if name == "commune":
        return Column(name, commune_of)
    if name == "commune_insee":
        return Column(name, lambda youth, member: "" if youth.protected_address else youth.commune_insee)
    return Column(name, lambda youth, member: getattr(youth, name))


# The columns of an import: what is taken away here can be entered there.
IMPORT_COLUMNS = (Column(EXTERNAL_ID, identifier_of), *(as_imported(name) for name in FIELDS))
