from exchange.account.models import AddressChange
from exchange.calendars.models import CalendarAddress
from exchange.deliveries.models import Channel, Delivery, Digest, Notice
from exchange.deliveries.preferences import Preference
from exchange.deliveries.rounds import Round
from exchange.documents.models import Document
from exchange.exports.models import Export
from exchange.links.models import LinkCode, PersonalLink
from exchange.saved.models import DefaultView, SavedView
from exchange.staff.models import Invitation
from exchange.threads.models import Message

__all__ = [
    "AddressChange",
    "CalendarAddress",
    "Channel",
    "DefaultView",
    "Delivery",
    "Digest",
    "Document",
    "Export",
    "Invitation",
    "LinkCode",
    "Message",
    "Notice",
    "PersonalLink",
    "Preference",
    "Round",
    "SavedView",
]
