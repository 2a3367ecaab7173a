"""Organisations are entered, changed, closed and opened again."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import events
from accounts.changes import change, create
from accounts.models import Membership, Organisation, Role, Site
from common.errors import DomainError, NotPermitted, WrongStatus

MOST_TRIED = 100
# What who runs its staff may say of the own organisation; the rest is the administrator's.
CONTACT_DETAILS = ["address", "commune", "commune_insee", "phone", "email"]


def check_administrates(by: Membership) -> None:
    if by.role != Role.ADMINISTRATOR:
        raise NotPermitted(_("Only the platform’s administrator does that."))


def check_edits(by: Membership, organisation: Organisation, names) -> None:
    """Raises `NotPermitted` where these fields are not this person's to change."""
    if by.role == Role.ADMINISTRATOR:
        return
    if organisation.pk != by.organisation_id or not by.roles_run or not set(names) <= set(CONTACT_DETAILS):
        raise NotPermitted(_("Only who runs an organisation changes what is said of it."))


@transaction.atomic
def enter(organisation: Organisation, *, by: Membership) -> Organisation:
    """Create it, under a short name made of its name where none is given; a double click creates one.

    Raises `NotPermitted`, and `ValidationError` for a SIRET or a short name that another one has.
    """
    check_administrates(by)
    organisation.short_name = organisation.short_name or free_short_name(organisation)
    check_network(organisation)
    try:
        with transaction.atomic():
            return create(organisation, by=by)
    except IntegrityError as error:
        raise ValidationError(
            _("This SIRET or short name belongs to another organisation already.")
        ) from error


def free_short_name(organisation: Organisation) -> str:
    """A second click finds its own, so that both enter the same."""
    stored = Organisation.objects.filter(pk=organisation.pk).first()
    if stored:
        return stored.short_name
    begins = slugify(organisation.name)[:50].strip("-") or "organisation"
    taken = set(
        Organisation.objects.filter(short_name__startswith=begins).values_list("short_name", flat=True)
    )
    numbered = (f"{begins}-{number}" for number in range(2, MOST_TRIED))
    return next(name for name in (begins, *numbered) if name not in taken)


def check_network(organisation: Organisation) -> None:
    """Missions Locales and their unions stand below a union, others below one of theirs; nobody below itself."""
    above = organisation.parent
    if above is None:
        return
    is_of_the_unions = organisation.is_mission_locale or organisation.is_union
    if above.is_union != is_of_the_unions:
        sentence = _(
            "A Mission Locale or a union belongs to a union, any other organisation to a head office."
        )
        raise ValidationError({"parent": sentence})
    while above is not None:
        if above.pk == organisation.pk:
            raise ValidationError({"parent": _("It would belong to itself.")})
        above = above.parent


@transaction.atomic
def change_organisation(organisation: Organisation, *, by: Membership, expected: int, **values) -> bool:
    """What is said of it; returns whether anything changed. Raises as `enter`, and `Stale` as `change` does."""
    check_edits(by, organisation, [name for name in values if values[name] != getattr(organisation, name)])
    if "parent" in values and values["parent"] != organisation.parent:
        check_network(Organisation(pk=organisation.pk, kind=organisation.kind, parent=values["parent"]))
    try:
        with transaction.atomic():
            return change(organisation, by=by, expected=expected, **values)
    except IntegrityError as error:
        raise ValidationError(_("This SIRET belongs to another organisation already.")) from error


@transaction.atomic
def save_site(site: Site, *, by: Membership) -> Site:
    """A new place, or another name for one. Raises `ValidationError` where there is one of that name."""
    check_edits(by, site.organisation, [])
    before = Site.objects.filter(pk=site.pk).values("name", "commune").first() if site.pk else None
    after = {"name": site.name, "commune": site.commune}
    if before == after:
        return site
    try:
        with transaction.atomic():
            site.save()
    except IntegrityError as error:
        raise ValidationError({"name": _("There is a site of that name already.")}) from error
    Organisation.bump(site.organisation_id)
    events.record("site_saved", site.organisation, by=by, before=before, after=after | {"site": site.pk})
    return site


@transaction.atomic
def close(organisation: Organisation, *, by: Membership) -> Organisation:
    """Nobody acts for it any more. What hangs on it is asked by `youths.posts.close_organisation`, which calls this."""
    check_administrates(by)
    if organisation.pk == by.organisation_id:
        raise DomainError(_("You act for this organisation yourself: nobody could open it again."))
    return switch(organisation, to=False, verb="organisation_closed", by=by)


@transaction.atomic
def reopen(organisation: Organisation, *, by: Membership) -> Organisation:
    """Those in post act for it again. Raises `WrongStatus` where it is open."""
    check_administrates(by)
    return switch(organisation, to=True, verb="organisation_reopened", by=by)


def switch(organisation, *, to: bool, verb: str, by: Membership) -> Organisation:
    held = Organisation.objects.select_for_update().get(
        pk=organisation.pk
    )  # whole: who opens a follow-up waits
    if held.is_active == to:
        raise WrongStatus(_("It is open already.") if to else _("It is closed already."))
    held.write(is_active=to)
    events.record(verb, held, by=by, before={"is_active": not to}, after={"is_active": to})
    return held
