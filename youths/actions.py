"""Writes that touch several models of a young person's file."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import changes, events
from accounts.heads import check_another_runs_it, check_runs
from accounts.models import Membership
from common import clock
from common.errors import DomainError, NotPermitted, WrongStatus
from youths.models import Accompaniment, FollowUp, PassedNote, Reminder, Share, TeamMember, Youth
from youths.models.choices import Audience
from youths.models.follow_up import check_same_structure, lock


@transaction.atomic
def receive(youth: Youth, *, by, referent: Membership | None = None) -> Youth:
    """Create the file and, when a referent is named, open its follow-up; without one the person waits.

    A double click gives back the first click's file. Raises `ValidationError` on bad values.
    """
    if not by.is_mission_locale_staff:
        raise NotPermitted(_("Only a Mission Locale opens files."))
    youth.organisation = by.organisation
    youth.check_values()
    received = changes.create(youth, by=by)
    if referent and received is youth:
        FollowUp.objects.begin(youth, referent=referent, by=by)
    return received


@transaction.atomic
def log_accompaniment(accompaniment: Accompaniment, *, by, youths, themes=(), settle=False) -> Accompaniment:
    """Note a contact with one or several young people of one structure.

    What a partner notes is read by itself and by that structure. `settle` ends the reminders that were due.
    A double click gives back the first click's contact. Raises `NotPermitted` for a person out of reach,
    `WrongStatus` for one whom the partner has not accepted, `ValidationError` on bad values.
    """
    youths, themes = list(youths), list(themes)
    pks = {youth.pk for youth in youths}
    check_may_note(pks, by=by)
    accompaniment.author, accompaniment.organisation = by, by.organisation
    accompaniment.structure_id = the_structure_of(youths)
    if accompaniment.structure_id != by.organisation_id:
        accompaniment.audience = Audience.PARTNER
    accompaniment.full_clean(validate_unique=False)
    linked = {"youths": pks, "themes": [theme.pk for theme in themes]}
    logged = changes.create(accompaniment, by=by, about=youths[0], linked=linked)
    if logged is not accompaniment:
        return logged
    accompaniment.tie(pks)
    accompaniment.themes.set(themes)
    if settle:
        settle_due_reminders(pks, by=by)
    if accompaniment.next_on:
        remind_of(accompaniment, pks)
    if accompaniment.made and by.organisation_id == accompaniment.structure_id:
        hear_from(pks, accompaniment.happened_at)
    return accompaniment


def check_may_note(youth_ids, *, by):
    """The own structure is asked first: nearly always the answer, and a third of a contact's cost less."""
    asked = Youth.objects.filter(pk__in=youth_ids)
    if by.is_mission_locale_staff and asked.visible_to(by).count() == len(youth_ids):
        return
    if asked.reachable_by(by).count() != len(youth_ids):
        raise NotPermitted(_("You cannot note a contact with this person."))
    if asked.reachable_by(by, to_note=True).count() != len(youth_ids):
        raise WrongStatus(_("Accept the referral first: contacts are noted from then on."))


def the_structure_of(youths):
    """Whose files these are. A note is read by one structure: another one's people are none of its business."""
    structures = {youth.organisation_id for youth in youths}
    if not structures:
        raise ValidationError({"youths": _("Say whom the contact was with.")})
    if len(structures) > 1:
        raise ValidationError({"youths": _("Note the young people of each Mission Locale apart.")})
    return structures.pop()


def shares_beside(accompaniment: Accompaniment) -> list[Share]:
    """The other partners' running shares of the young people concerned: to whom a note may be passed on."""
    others = Share.objects.filter(youth__in=accompaniment.youths.all(), closed_at=None)
    others = others.exclude(organisation=accompaniment.organisation_id).select_related(
        "organisation", "youth"
    )
    return [
        share
        for share in others.order_by("organisation__name", "pk")
        if Share.objects.running_for(share.organisation_id).filter(pk=share.pk).exists()
    ]


@transaction.atomic
def pass_on(accompaniment: Accompaniment, *, to: Share, by) -> None:
    """Let the reader of one share read one note of another partner. Passing it on twice is once.

    Raises `NotPermitted` outside the young person's structure, `DomainError` for a note of its own,
    `WrongStatus` for a share that has ended or is about somebody else.
    """
    check_decides_on(accompaniment, by=by)
    if accompaniment.audience != Audience.PARTNER:
        raise DomainError(_("Only a partner’s note is passed on; say of your own who may read them."))
    if to not in shares_beside(accompaniment):
        raise WrongStatus(_("This partner no longer has access to the young person."))
    note, is_new = PassedNote.objects.get_or_create(
        accompaniment=accompaniment, share=to, defaults={"by": by}
    )
    if is_new:
        events.record("note_passed_on", accompaniment, by=by, about=to.youth, after=told(note))


@transaction.atomic
def take_back(accompaniment: Accompaniment, *, to: Share, by) -> None:
    """Close again what `pass_on` opened; what was read meanwhile stays in the audit."""
    check_decides_on(accompaniment, by=by)
    for note in PassedNote.objects.select_for_update().filter(accompaniment=accompaniment, share=to):
        note.delete()
        events.record("note_taken_back", accompaniment, by=by, about=to.youth, before=told(note))


def told(note: PassedNote) -> dict:
    return {"share": note.share_id, "organisation": note.share.organisation_id}


def check_decides_on(accompaniment: Accompaniment, *, by):
    is_readable = Accompaniment.objects.visible_to(by).filter(pk=accompaniment.pk).exists()
    if not is_readable or accompaniment.structure_id != by.organisation_id:
        raise NotPermitted(_("Only the young person’s Mission Locale passes a note on."))


def remind_of(accompaniment: Accompaniment, youth_ids):
    """Set what the contact announces, for each of the young people."""
    for pk in sorted(youth_ids):
        Reminder.objects.create(
            youth_id=pk,
            organisation=accompaniment.organisation,
            structure_id=accompaniment.structure_id,
            owner=accompaniment.author,
            accompaniment=accompaniment,
            what=accompaniment.next_step,
            due_on=accompaniment.next_on,
            audience=accompaniment.audience,
            created_at=accompaniment.created_at,
        )


def settle_due_reminders(youth_ids, *, by):
    """End the reminders that are due today or overdue, of the own organisation.

    Contact by contact: each is held once its reminder is written, and two groups could be held crosswise.
    """
    due = Reminder.objects.due().filter(youth__in=youth_ids, organisation=by.organisation_id)
    for reminder in due.order_by("accompaniment", "pk"):
        settle_reminder(reminder, by=by)


@transaction.atomic
def settle_reminder(reminder: Reminder, *, by):
    """Mark it as done. Doing it twice is doing it once."""
    check_own(reminder, by=by)
    if not is_still_open(reminder):
        return
    moment = clock.now()
    reminder.write(settled_at=moment, settled_by=by)
    events.record("reminder_settled", reminder, by=by, about=reminder.youth, after={"settled_at": moment})
    if reminder.accompaniment_id:
        note_what_is_done(reminder.accompaniment_id, moment)


@transaction.atomic
def postpone_reminder(reminder: Reminder, *, to, by):
    """Put it off to another day; what is settled meanwhile stays so. Raises `DomainError` for a day gone by.

    Of two who put it off at once the later one's day stands, and each has its event.
    """
    check_own(reminder, by=by)
    if to < clock.today():
        raise DomainError(_("The reminder lies in the past."))
    if not is_still_open(reminder) or to == reminder.due_on:
        return
    changed = {"before": {"due_on": reminder.due_on}, "after": {"due_on": to}}
    reminder.write(due_on=to)
    events.record("reminder_postponed", reminder, by=by, about=reminder.youth, **changed)


def check_own(reminder: Reminder, *, by):
    if reminder.organisation_id != by.organisation_id:
        raise NotPermitted(_("Only the organisation that set a reminder ends it."))


def is_still_open(reminder: Reminder) -> bool:
    """Under its row's lock, and as it stands now: a colleague may have settled it meanwhile, or put it off."""
    held = Reminder.objects.select_for_update(no_key=True)
    reminder.refresh_from_db(fields=["version", "due_on", "settled_at"], from_queryset=held)
    return reminder.settled_at is None


def note_what_is_done(accompaniment_id, moment):
    """A contact's next step is done once it is done for everybody. Its row is held: two settle its last two."""
    accompaniment = Accompaniment.objects.select_for_update(no_key=True).get(pk=accompaniment_id)
    if not accompaniment.reminders.open().exists():
        accompaniment.write(next_done_at=moment)


def hear_from(youth_ids, moment):
    """Move the last contact of the open follow-ups forward, never back."""
    earlier = Q(last_contact_at=None) | Q(last_contact_at__lt=moment)
    FollowUp.objects.open().filter(earlier, youth__in=youth_ids).update(last_contact_at=moment)


@transaction.atomic
def end_membership(member: Membership, *, on, by):
    """Let someone leave after a day.

    Raises `NotPermitted`, and `DomainError` while they are the referent of anyone, or the last to run the staff.
    """
    check_runs(by, member)
    leaver = Membership.objects.select_for_update(no_key=True).get(pk=member.pk)
    check_may_leave(leaver, on=on)
    leaver.write(ends_on=on)
    events.record("membership_ended", member, by=by, after={"ends_on": on})


def check_may_leave(leaver: Membership, *, on):
    """In the transaction that writes the last day."""
    check_another_runs_it(leaver, after=on)
    held = held_by(leaver).count()
    if held:
        raise DomainError(
            ngettext(
                "%(name)s is still the referent of %(count)s young person: hand them over first.",
                "%(name)s is still the referent of %(count)s young people: hand them over first.",
                held,
            )
            % {"name": leaver, "count": held}
        )


def held_by(referent: Membership):
    """The open follow-ups of a referent, in one order for whoever locks them."""
    return FollowUp.objects.open().filter(referent=referent).select_related("youth").order_by("youth")


@transaction.atomic
def hand_over_all(referent: Membership, *, to: Membership, by: Membership, reason: str) -> int:
    """Give all young people of a referent to a colleague, all or none; returns how many. Raises as `hand_over`."""
    held = list(held_by(referent))
    for follow_up in held:
        follow_up.hand_over(to=to, by=by, reason=reason)
    return len(held)


@transaction.atomic
def join_team(youth: Youth, *, by):
    """Stand around a young person of the own structure. Joining twice is joining once; the referent stays."""
    lock(youth)
    check_same_structure(by, youth)
    if youth.team.filter(member=by, ends_on=None).exists():
        return
    TeamMember.objects.create(youth=youth, member=by)
    events.record("team_joined", youth, by=by, after={"member": by.pk})


@transaction.atomic
def leave_team(youth: Youth, *, by):
    check_same_structure(by, youth)
    if youth.team.filter(member=by, ends_on=None).update(ends_on=clock.today()):
        events.record("team_left", youth, by=by, before={"member": by.pk})
