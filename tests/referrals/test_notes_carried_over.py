"""Rows written before partners' notes had readers of their own are carried over."""

import datetime

from django.utils import timezone

ACCOUNTS = ("accounts", "0007_indexes_that_are_read")  # rows of that time know nothing later
BEFORE = [ACCOUNTS, ("youths", "0002_trigram_index"), ("referrals", "0001_initial")]
AFTER = [("youths", "0005_notes_have_their_readers"), ("referrals", "0002_accepted_referrals_take_notes")]


class Old:
    """Rows as they stood, by the models of that time."""

    def __init__(self, apps):
        self.apps = apps
        self.names = iter(f"o-{number}" for number in range(100))

    def row(self, label, **values):
        return self.apps.get_model(label).objects.create(**values)

    def organisation(self, kind):
        return self.row("accounts.Organisation", kind=kind, name=kind, short_name=next(self.names))

    def member(self, organisation, role):
        user = self.row("accounts.User", email=f"{next(self.names)}@test.example")
        values = {"organisation": organisation, "organisation_kind": organisation.kind, "role": role}
        return self.row("accounts.Membership", user=user, starts_on=datetime.date(2020, 1, 1), **values)

    def youth(self, structure, name):
        values = {
            "last_name": name,
            "first_name": "Zoë",
            "usual_name": "Marin",
            "search": f"{name} zoe marin",
        }
        return self.row(
            "youths.Youth", organisation=structure, birth_date=datetime.date(2006, 1, 1), **values
        )

    def note(self, author, youths, audience, **values):
        note = self.row(
            "youths.Accompaniment",
            author=author,
            organisation=author.organisation,
            kind="call",
            audience=audience,
            **values,
        )
        note.youths.set(youths)
        return note

    def share(self, youth, partner, status):
        ground = self.row(
            "partnerships.Agreement",
            kind="charter",
            lead_organisation=youth.organisation,
            title="Charte",
            term_months=24,
        )
        share = self.row("youths.Share", youth=youth, organisation=partner, ground=ground)
        answered = {"answered_at": timezone.now()} if status == "accepted" else {}
        self.row(
            "referrals.Referral",
            youth=youth,
            sender=youth.organisation,
            recipient=partner,
            author=self.member(youth.organisation, "counsellor"),
            agreement=ground,
            share=share,
            status=status,
            sent_at=timezone.now(),
            **answered,
        )
        return share


def test_rows_that_stood_before_are_carried_over(migrated):
    old = Old(migrated(BEFORE))
    one, two = old.organisation("mission_locale"), old.organisation("mission_locale")
    partner = old.organisation("training_body")
    counsellor, agent = old.member(one, "counsellor"), old.member(partner, "agent")
    ours, theirs = old.youth(one, "BENALI"), old.youth(two, "Ménard")
    shared, kept = old.note(counsellor, [ours], "shared"), old.note(counsellor, [ours], "team")
    due = datetime.date(2030, 1, 1)
    mixed = old.note(agent, [ours, theirs], "shared", text="Atelier.", next_step="Rappeler", next_on=due)
    accepted, sent = old.share(ours, partner, "accepted"), old.share(theirs, partner, "sent")

    new = migrated(AFTER)
    notes, shares = new.get_model("youths.Accompaniment").objects, new.get_model("youths.Share").objects
    assert notes.get(pk=shared.pk).audience == "shared"
    assert notes.get(pk=kept.pk).audience == "team"
    assert set(notes.filter(organisation=one.pk).values_list("structure", flat=True)) == {one.pk}
    apart = notes.filter(organisation=partner.pk)
    assert {(n.structure_id, n.youths.get().pk) for n in apart} == {(one.pk, ours.pk), (two.pk, theirs.pk)}
    assert set(apart.values_list("audience", "text")) == {("partner", "Atelier.")}
    assert apart.filter(next_on=due).count() == 1
    assert mixed.pk in {note.pk for note in apart}
    assert shares.get(pk=accepted.pk).takes_notes
    assert not shares.get(pk=sent.pk).takes_notes
    names = new.get_model("youths.Youth").objects.values_list("search_outside", flat=True)
    assert set(names) == {"benali zoe", "menard zoe"}
