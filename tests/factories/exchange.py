"""What goes out and comes in, beside the records of the house."""

import hashlib
import uuid

import factory
from django.core.files.base import ContentFile

from accounts.models import Event, Role
from common import clock
from exchange.models import Document, Export, Invitation, Message, Notice, PersonalLink, SavedView
from exchange.staff.models import INVITE
from tests import papers
from tests.factories.records import MembershipFactory, RowFactory, YouthFactory
from youths.models import YouthImport


class InvitationFactory(RowFactory):
    """`InvitationFactory(invited_by=director)` waits for an answer; no mail was sent."""

    class Meta:
        model = Invitation

    invited_by = factory.SubFactory(MembershipFactory, role=Role.DIRECTOR)
    organisation = factory.SelfAttribute("invited_by.organisation")
    email = factory.Sequence(lambda n: f"invite{n}@test.example")
    first_name = "Dominique"
    last_name = factory.Sequence(lambda n: f"Invite{n}")
    role = factory.LazyAttribute(lambda o: o.invited_by.roles_run[0])


class PersonalLinkFactory(RowFactory):
    class Meta:
        model = PersonalLink

    subject = factory.SubFactory(InvitationFactory)

    @classmethod
    def _create(cls, model_class, *args, subject):
        return model_class.objects.issue(INVITE, subject, email=subject.email)


class DocumentFactory(RowFactory):
    """`DocumentFactory(to=youth, author=member)`; its file is the smallest that is one."""

    class Meta:
        model = Document
        exclude = ["to"]

    to = factory.SubFactory(YouthFactory)
    subject_type = factory.LazyAttribute(lambda o: o.to._meta.label_lower)
    subject_id = factory.SelfAttribute("to.pk")
    id = factory.LazyFunction(uuid.uuid4)
    series = factory.SelfAttribute("id")
    author = factory.SubFactory(MembershipFactory)
    title = "CV de novembre"
    kind = "cv"
    audience = "structure"
    file = factory.LazyFunction(lambda: ContentFile(papers.PDF, name="paper"))
    media_type = "application/pdf"
    size = len(papers.PDF)
    sha256 = hashlib.sha256(papers.PDF).hexdigest()
    pages = 1


class MessageFactory(RowFactory):
    """`MessageFactory(to=referral, author=member)`"""

    class Meta:
        model = Message
        exclude = ["to"]

    to = None
    subject_type = factory.LazyAttribute(lambda o: o.to._meta.label_lower)
    subject_id = factory.SelfAttribute("to.pk")
    author = factory.SubFactory(MembershipFactory)
    text = "Rendez-vous mardi à 14 h ?"


class EventFactory(RowFactory):
    """An answered referral, by nobody; say whose with `subject_id`."""

    class Meta:
        model = Event

    verb = "accept"
    subject_type = about_type = "referrals.referral"
    subject_id = about_id = factory.LazyFunction(uuid.uuid4)


class ExportFactory(RowFactory):
    """Of nobody, and ready."""

    class Meta:
        model = Export

    asked_by = factory.SubFactory(MembershipFactory)
    route = "desk:caseload_export"
    language = "fr"
    extension = "csv"
    status = "ready"
    rows = 0
    shown = {"youths.youth": []}
    finished_at = factory.LazyFunction(clock.now)
    file = factory.django.FileField(data=b"Nom")


class YouthImportFactory(RowFactory):
    """A table of one line, sent a moment ago, with lines refused by an earlier writing."""

    class Meta:
        model = YouthImport

    asked_by = factory.SubFactory(MembershipFactory, role=Role.DIRECTOR)
    organisation = factory.SelfAttribute("asked_by.organisation")
    name = "table.csv"
    status = "ready"
    file = factory.django.FileField(data=b"Nom;Identifiant\nBenali;1\n")
    refused = factory.django.FileField(data=b"Nom;Identifiant;Motif\n")


class NoticeFactory(RowFactory):
    class Meta:
        model = Notice

    event = factory.SubFactory(EventFactory)
    member = factory.SubFactory(MembershipFactory)
    kind = "referral_accept"


class SavedViewFactory(RowFactory):
    """`SavedViewFactory(author=counsellor)`: late reminders, shared in the structure."""

    class Meta:
        model = SavedView

    author = factory.SubFactory(MembershipFactory)
    organisation = factory.SelfAttribute("author.organisation")
    listing = "youths"
    name = factory.Sequence(lambda n: f"Vue {n}")
    is_shared = True
    filters = factory.LazyFunction(lambda: {"due": ["late"]})
