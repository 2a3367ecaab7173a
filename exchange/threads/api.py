"""Messages in the API."""

from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED

from common.api import AlreadySaved, Fields
from common.errors import Stale
from exchange.documents.subjects import OfRecords, by_name, fields_of, filters_of, record_named
from exchange.threads.actions import say
from exchange.threads.conversation import conversations
from exchange.threads.models import LONGEST, Message

KINDS = by_name(conversations())


class MessageSerializer(Fields):
    """What somebody wrote about a record; it is never changed."""

    id = serializers.UUIDField(
        required=False, help_text=gettext_lazy("Give one, and sending the same again makes no second record.")
    )
    author = serializers.UUIDField(
        source="author.user_id", read_only=True, help_text=gettext_lazy("A person’s id.")
    )
    organisation = serializers.UUIDField(source="author.organisation_id", read_only=True)
    text = serializers.CharField(max_length=LONGEST)

    class Meta:
        model = Message
        fields = ["id", "author", "organisation", "text", "created_at"]
        read_only_fields = ["created_at"]

    def get_fields(self):
        return super().get_fields() | fields_of(KINDS)


class Messages(OfRecords):
    sentences = {
        "list": gettext_lazy(
            "The messages about one record, the latest first. Without a record: those that the caller wrote."
        ),
        "retrieve": gettext_lazy("One message."),
        "create": gettext_lazy("Write a message to the other side. With its `id`, it is sent once."),
    }
    queryset = Message.objects.none()
    serializer_class = MessageSerializer
    filterset_class = filters_of(KINDS, Message)
    kinds = KINDS
    about = staticmethod(lambda model: model.THREAD.about)

    def create(self, request):
        typed = self.get_serializer(data=request.data)
        typed.is_valid(raise_exception=True)
        values = dict(typed.validated_data)
        record = record_named(KINDS, values, request.member)
        message = Message(**values)
        try:
            sent = say(message, on=record, by=request.member)
        except Stale as stale:
            raise AlreadySaved(str(stale)) from stale
        status = HTTP_201_CREATED if sent is message else HTTP_200_OK
        return self.answer(self.get_queryset().get(pk=sent.pk), status)
