"""What the tables of young people say of themselves."""

from accounts.declared import Kept, Not, Part, Record

DECLARED = {
    "Youth": Record(
        kept=Kept.FILE, api="youths", exported="desk:caseload_export", timeline=Not("it is the file itself")
    ),
    "ExternalId": Part(of="youths.Youth"),
    "FollowUp": Record(
        kept=Kept.FILE,
        api="follow-ups",
        exported=Not("the caseload has its columns"),
        timeline="follow_up_closed",
    ),
    "ReferentAssignment": Part(of="youths.FollowUp", timeline="referent_named"),
    "TeamMember": Part(of="youths.Youth"),
    "Share": Record(
        seen=("open_to",),
        kept=Kept.FILE,
        api=Not("it is the door of a referral, not a record of its own"),
        exported=Not("the referrals have its columns"),
        timeline=Not("the referral that wrote it has its lines"),
    ),
    "Accompaniment": Record(
        kept=Kept.FILE,
        api="accompaniments",
        exported=Not("what was said stays in the file; its sheet is printed"),
        timeline="contact",
    ),
    "Participation": Part(of="youths.Accompaniment"),
    "PassedNote": Part(of="youths.Accompaniment"),
    "Reminder": Record(
        kept=Kept.FILE,
        api=Not("the accompaniment has it as its next step"),
        exported=Not("the caseload has its columns"),
        timeline=Not("the contact that asks for it has a line"),
    ),
    "YouthImport": Record(
        kept=Kept.USE,
        api=Not("a program writes the files themselves"),
        exported=Not("it is a table itself; what was refused is taken away on its page"),
        timeline=Not("it is of many files"),
    ),
    "ColumnMapping": Record(
        kept=Kept.ORGANISATION,
        api=Not("it is of a page"),
        exported=Not("it says how a table is read"),
        timeline=Not("it tells of nobody who is followed"),
    ),
}
