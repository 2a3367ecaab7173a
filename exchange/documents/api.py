"""Documents in the API: described as JSON, sent as a form with its file."""

from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED, HTTP_204_NO_CONTENT

from common.api import AlreadySaved, Fields, JsonAnswer
from common.errors import Stale
from exchange.documents import actions
from exchange.documents.carrier import carriers
from exchange.documents.content import JPEG, PDF, PNG, SUFFIXES
from exchange.documents.models import Document
from exchange.documents.subjects import OfRecords, by_name, fields_of, filters_of, record_named

KINDS = by_name(carriers())
BINARY = {(200, media_type): OpenApiTypes.BINARY for media_type in SUFFIXES}
PERSON_ID = gettext_lazy("A person’s id.")


class DocumentSerializer(Fields):
    """A document and the record that carries it: one of the ids, the others are null."""

    author = serializers.UUIDField(source="author.user_id", read_only=True, help_text=PERSON_ID)
    organisation = serializers.UUIDField(source="author.organisation_id", read_only=True)
    file = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = [
            "id",
            "title",
            "kind",
            "audience",
            "author",
            "organisation",
            "media_type",
            "size",
            "sha256",
            "pages",
            "series",
            "replaced_at",
            "file",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    def get_fields(self):
        records = fields_of(KINDS)
        for field in records.values():
            field.read_only, field.required = True, False
        return super().get_fields() | records

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_file(self, document) -> str:
        return self.context["request"].build_absolute_uri(reverse("api:document-file", args=[document.pk]))


class DocumentToSend(Fields):
    """A file and what it is, for one record."""

    id = serializers.UUIDField(
        required=False, help_text=gettext_lazy("Give one, and sending the same again makes no second record.")
    )
    title = serializers.CharField(
        max_length=120, required=False, help_text=gettext_lazy("The name of the file by default.")
    )
    kind = serializers.CharField(max_length=20, help_text=gettext_lazy("As on the record’s page."))
    audience = serializers.CharField(max_length=20, help_text=gettext_lazy("As on the record’s page."))
    replaces = serializers.UUIDField(
        required=False, help_text=gettext_lazy("The document on the same record whose newer version this is.")
    )
    file = serializers.FileField(
        allow_empty_file=True, help_text=gettext_lazy("PDF of 100 pages at most, JPEG or PNG; 10 MB.")
    )

    class Meta:
        model = Document
        fields = ["id", "title", "kind", "audience", "replaces", "file"]

    def get_fields(self):
        return super().get_fields() | fields_of(KINDS)


class AsPdf(BaseRenderer):
    """Lets a client ask for what a document is; the file itself is streamed, and problems stay documents."""

    media_type, format, render_style = PDF, "pdf", "binary"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data


class AsJpeg(AsPdf):
    media_type, format = JPEG, "jpg"


class AsPng(AsPdf):
    media_type, format = PNG, "png"


class Documents(OfRecords):
    sentences = {
        "list": gettext_lazy(
            "The documents on one record, older versions among them, the latest first. "
            "Without a record: those that the caller added."
        ),
        "retrieve": gettext_lazy("What is known of one document."),
        "create": gettext_lazy(
            "Add a document, or the newer version of one. With its `id`, it is added once."
        ),
        "file": gettext_lazy("The file itself."),
        "withdraw": gettext_lazy(
            "Show a document to nobody any more: for whoever added it, or the head of their organisation."
        ),
    }
    queryset = Document.objects.none()
    serializer_class = DocumentSerializer
    filterset_class = filters_of(KINDS, Document)
    kinds = KINDS
    about = staticmethod(lambda model: model.DOCUMENTS.about)

    def get_parsers(self):
        """A file comes in a form; nothing else does."""
        sends_a_file = self.request and self.request.method == "POST" and not self.detail
        return [MultiPartParser()] if sends_a_file else super().get_parsers()

    @extend_schema(request={"multipart/form-data": DocumentToSend})
    def create(self, request):
        typed = DocumentToSend(data=request.data, context=self.get_serializer_context())
        typed.is_valid(raise_exception=True)
        values, member = dict(typed.validated_data), request.member
        record, file = record_named(KINDS, values, member), values.pop("file")
        replaces = self.replaced(values.pop("replaces", None), record)
        values.setdefault("title", actions.title_of(file))
        document = Document(**values)
        try:
            kept = actions.add(document, file, to=record, by=member, replaces=replaces)
        except Stale as stale:
            raise AlreadySaved(str(stale)) from stale
        status = HTTP_201_CREATED if kept is document else HTTP_200_OK
        return self.answer(self.get_queryset().get(pk=kept.pk), status)

    def replaced(self, pk, record) -> Document | None:
        if pk is None:
            return None
        found = Document.objects.visible_to(self.request.member).on(record).filter(pk=pk).first()
        if found is None:
            raise serializers.ValidationError({"replaces": [_("This does not exist.")]})
        return found

    @extend_schema(responses=BINARY)
    @action(detail=True, renderer_classes=[AsPdf, AsJpeg, AsPng, JsonAnswer])
    def file(self, request, pk):
        document = self.get_object()
        file = actions.opened(document)
        self.write_down([document], [self.get_serializer(document).data])
        return FileResponse(
            file, as_attachment=True, filename=document.filename, content_type=document.media_type
        )

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk):
        actions.withdraw(self.get_object(), by=request.member)
        return Response(status=HTTP_204_NO_CONTENT)
