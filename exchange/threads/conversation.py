"""How a kind of record is talked about. Data only, as its documents are: the record's model has it as `THREAD`."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q

from exchange.documents.carrier import Verb, like


@dataclass(frozen=True)
class Conversation:
    """`readers` and `writers` have the verbs that find the records whose conversation a member reads, and joins.

    `page` names the address where it stands, `about` the attribute that leads to whom it is about, if not the record.
    """

    readers: Verb
    writers: Verb
    page: str
    about: str = ""


def conversations() -> list[type[Model]]:
    return [model for model in apps.get_models() if hasattr(model, "THREAD")]


def read_by(member) -> Q:
    """Condition on a message that the member may read, whatever record it is about; empty for who reads none at all."""
    return reduce(or_, (read_on(model, member) for model in conversations()), Q())


def read_on(model: type[Model], member) -> Q:
    """Asked of each message's record, as pages look at the messages of one."""
    its_record = model._default_manager.filter(pk=OuterRef("subject_id"))
    readable = model.THREAD.readers(its_record, member)
    return Q() if readable.query.is_empty() else Q(Exists(readable), subject_type=model._meta.label_lower)


def is_read_by(record: Model, member) -> bool:
    return type(record).THREAD.readers(like(record), member).exists()


def is_joined_by(record: Model, member) -> bool:
    return type(record).THREAD.writers(like(record), member).exists()


def about(record: Model) -> Model:
    """Of whom or what its messages tell: named by their events."""
    path = type(record).THREAD.about
    return getattr(record, path) if path else record
