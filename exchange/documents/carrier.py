"""How a kind of record carries documents. Data only, as its steps are: the record's model has it as `DOCUMENTS`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.enums import TextChoices

# A verb of the record's queryset, as `YouthQuerySet.visible_to`: the records that a member has by it.
Verb = Callable[..., QuerySet]


@dataclass(frozen=True)
class Carrier:
    """`readers` has the verb that finds the records of which a member reads what is for this audience.

    `writers` finds those to which it may add, and whose older versions it may read. `page` names the address
    that lists a record's documents, `about` the attribute that leads to whom they are about, if not the record itself.
    The files of the kinds in `signed` are never deleted, not even once they are withdrawn.
    """

    kinds: type[TextChoices]
    readers: Mapping[TextChoices, Verb]
    writers: Verb
    page: str
    about: str = ""
    signed: frozenset[TextChoices] = frozenset()


def carriers() -> dict[type[Model], Carrier]:
    return {model: model.DOCUMENTS for model in apps.get_models() if hasattr(model, "DOCUMENTS")}


def model_of(subject_type: str) -> type[Model]:
    return apps.get_model(subject_type)


def read_by(member, kinds: Iterable[type[Model]] = ()) -> Q:
    """Condition on a document that the member may read, whatever carries it, or one of these kinds alone.

    Empty for who reads none at all.
    """
    return reduce(or_, (read_on(model, member) for model in kinds or carriers()), Q())


def read_on(model: type[Model], member) -> Q:
    """Asked of each document's record, as pages look at the papers of one: never of all records of a kind."""
    carrier, its_record = model.DOCUMENTS, model._default_manager.filter(pk=OuterRef("subject_id"))
    read = {audience: verb(its_record, member) for audience, verb in carrier.readers.items()}
    for_audience = reduce(
        or_,
        (Q(Exists(rows), audience=audience) for audience, rows in read.items() if not rows.query.is_empty()),
        Q(),
    )
    if not for_audience:
        return Q()
    as_writer = Exists(carrier.writers(its_record, member))
    return Q(for_audience, Q(replaced_at=None) | as_writer, subject_type=model._meta.label_lower)


def is_signed() -> Q:
    """Condition on a document that it holds a signature, whatever carries it."""
    of_each = (
        Q(subject_type=model._meta.label_lower, kind__in=sorted(carrier.signed))
        for model, carrier in carriers().items()
    )
    return reduce(or_, of_each)


def is_written_by(record: Model, member) -> bool:
    return type(record).DOCUMENTS.writers(like(record), member).exists()


def audiences_of(record: Model, member) -> list[TextChoices]:
    """For whom the member may add documents: whoever adds one reads it."""
    readers = type(record).DOCUMENTS.readers
    return [audience for audience, verb in readers.items() if verb(like(record), member).exists()]


def about(record: Model) -> Model:
    """Whom or what a document on this record tells of: named by its events, and by the audit of who read it."""
    path = type(record).DOCUMENTS.about
    return getattr(record, path) if path else record


def like(record: Model) -> QuerySet:
    return type(record)._default_manager.filter(pk=record.pk)
