"""What the tables of organisations, people and history say of themselves."""

from accounts.declared import Kept, Not, Part, Record, Unseen

NO_PERSON = Not("it tells of nobody who is followed")

DECLARED = {
    "Organisation": Record(
        kept=Kept.ORGANISATION,
        api="organisations",
        exported=Not("a directory that everybody has"),
        timeline=NO_PERSON,
    ),
    "Site": Part(of="accounts.Organisation"),
    "User": Part(of="accounts.Membership"),
    "Membership": Record(
        seen=("nameable_by", "run_by"),
        kept=Kept.ACCOUNT,
        api="people",
        exported=Not("who works where is shown, not handed on"),
        timeline=NO_PERSON,
    ),
    "Event": Unseen(Kept.HISTORY, "who did what; each record shows its own"),
    "AuditEntry": Unseen(Kept.HISTORY, "who read what; a file shows its own"),
    "ApiToken": Unseen(Kept.ACCOUNT, "by which a program signs in; issued by a command"),
    "KnownDevice": Unseen(Kept.ACCOUNT, "from where a person has signed in"),
    "Session": Unseen(Kept.USE, "where a person is signed in; shown to that person alone"),
    "Letter": Unseen(Kept.USE, "what is written to people about their own account"),
    "Guesses": Unseen(Kept.USE, "wrong passwords, counted"),
    "Usage": Unseen(Kept.USE, "calls of the API, counted"),
}
