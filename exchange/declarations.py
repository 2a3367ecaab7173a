"""What the tables of ways in and out say of themselves."""

from accounts.declared import Kept, Not, Part, Record, Unseen

ON_SCREEN = Not("told on screen and by mail to one person")

DECLARED = {
    "Notice": Record(kept=Kept.USE, api=ON_SCREEN, exported=ON_SCREEN, timeline=ON_SCREEN),
    "Delivery": Record(
        kept=Kept.USE,
        api=ON_SCREEN,
        exported=Not("what could not be sent is tried again, not handed on"),
        timeline=ON_SCREEN,
    ),
    "Digest": Unseen(Kept.USE, "that a day's mail was written for somebody"),
    "Document": Record(
        kept=Kept.FILE,
        api="documents",
        exported=Not("a document is taken away itself"),
        timeline=Not("the file has a page of its documents"),
    ),
    "Invitation": Record(
        kept=Kept.USE,
        api=Not("staff is engaged on its page"),
        exported=Not("it waits for one answer"),
        timeline=Not("it tells of nobody who is followed"),
    ),
    "PersonalLink": Unseen(Kept.USE, "lets in whoever knows its secret"),
    "Message": Record(
        kept=Kept.FILE,
        api="messages",
        exported=Not("a conversation stays where it is had"),
        timeline=Not("the referral’s page has it"),
    ),
    "Export": Record(
        kept=Kept.USE,
        api=Not("a program reads the list itself"),
        exported=Not("it is a file itself"),
        timeline=Not("it is of a whole list"),
    ),
    "SavedView": Record(
        kept=Kept.ACCOUNT,
        api=Not("it is of a page"),
        exported=Not("the list that it shows is"),
        timeline=Not("it tells of nobody who is followed"),
    ),
    "DefaultView": Part(of="exchange.SavedView"),
    "Preference": Unseen(Kept.ACCOUNT, "how a person wants to hear of what"),
    "Round": Unseen(Kept.USE, "that a day's dates were told"),
    "AddressChange": Unseen(Kept.USE, "another e-mail address that waits to be confirmed"),
    "LinkCode": Unseen(Kept.USE, "six figures that are asked besides a link"),
    "CalendarAddress": Unseen(Kept.ACCOUNT, "by which one's own calendar is read"),
}
