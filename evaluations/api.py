"""Evaluations and their reports in the API."""

from django.db.models import Exists, OuterRef
from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.renderers import BaseRenderer
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED

from accounts.resources import Resource
from common.api import Fields, JsonAnswer
from common.errors import WrongStatus
from common.queued import JobStatus
from evaluations.actions import ask_for_report
from evaluations.filters import EvaluationFilter, ReportFilter
from evaluations.models import Evaluation, Report
from evaluations.presentation import Figures
from partnerships.models import Agreement

COUNT = {"type": ["number", "null"], "description": "null where the count is suppressed"}
PAIR = {"type": "array", "prefixItems": [{"type": "string"}, COUNT], "minItems": 2, "maxItems": 2}
FIGURES_SCHEMA = {
    "type": "object",
    "description": "By indicator; a table is an array of pairs of a part and its count.",
    "additionalProperties": {
        "type": "object",
        "required": ["version", "value"],
        "additionalProperties": False,
        "properties": {
            "version": {"type": "integer", "description": "of the indicator’s definition"},
            "value": {"oneOf": [COUNT, {"type": "array", "items": PAIR}]},
        },
    },
}


class EvaluationSerializer(Fields):
    concealed = ("digest",)

    computed_by = serializers.UUIDField(
        source="computed_by.user_id", read_only=True, help_text=gettext_lazy("A person’s id.")
    )
    digest = serializers.CharField(
        read_only=True,
        help_text=gettext_lazy(
            "SHA-256 of the frozen figures; null beyond the parties, who could try it for hidden counts."
        ),
    )
    figures = serializers.SerializerMethodField()

    class Meta:
        model = Evaluation
        fields = [
            "id",
            "agreement",
            "number",
            "period_start",
            "period_end",
            "status",
            "computed_at",
            "computed_by",
            "digest",
            "figures",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields

    @extend_schema_field(FIGURES_SCHEMA)
    def get_figures(self, evaluation) -> dict:
        """Beyond the parties more small counts are hidden."""
        shown = Figures(evaluation.figures, outside=not evaluation.is_between_parties)
        versions = {key: entry["version"] for key, entry in evaluation.figures["indicators"].items()}
        return {key: {"version": versions[key], "value": value} for key, value in shown.values.items()}

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        return shown if instance.is_between_parties else {**shown, **dict.fromkeys(self.concealed)}


class Evaluations(Resource):
    sentences = {
        "list": gettext_lazy("The yearly evaluations of visible agreements, the latest period first."),
        "retrieve": gettext_lazy("One evaluation with its frozen figures."),
    }
    queryset = Evaluation.objects.none()
    serializer_class = EvaluationSerializer
    filterset_class = EvaluationFilter
    ordering = ("-period_end", "-number", "pk")

    def rows(self, member):
        between = Agreement.objects.covering(member.organisation_id).filter(pk=OuterRef("agreement"))
        seen = Evaluation.objects.visible_to(member).select_related("computed_by")
        return seen.annotate(is_between_parties=Exists(between))


class VisibleEvaluation(serializers.PrimaryKeyRelatedField):
    def get_queryset(self):
        return Evaluation.objects.visible_to(self.context["request"].member)


class ReportSerializer(Fields):
    evaluation = VisibleEvaluation()
    asked_by = serializers.UUIDField(
        source="asked_by.user_id", read_only=True, help_text=gettext_lazy("A person’s id.")
    )
    file = serializers.SerializerMethodField()

    class Meta:
        model = Report
        fields = [
            "id",
            "evaluation",
            "status",
            "progress",
            "sentence",
            "asked_by",
            "asked_at",
            "finished_at",
            "file",
        ]
        read_only_fields = ["id", "status", "progress", "sentence", "asked_at", "finished_at"]

    @extend_schema_field(
        {"type": ["string", "null"], "format": "uri", "description": "null until it is ready"}
    )
    def get_file(self, report) -> str | None:
        if report.status != JobStatus.READY:
            return None
        return self.context["request"].build_absolute_uri(reverse("api:report-file", args=[report.pk]))


class Pdf(BaseRenderer):
    """Lets a client ask for PDF; the file itself is streamed, and problems stay documents."""

    media_type = "application/pdf"
    format = "pdf"
    render_style = "binary"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return data


class Reports(Resource):
    sentences = {
        "list": gettext_lazy("The PDFs asked for, the latest first."),
        "retrieve": gettext_lazy(
            "One PDF: whether it is queued, running, ready or failed, and how far it is."
        ),
        "create": gettext_lazy("Ask for the PDF of an evaluation. The one under way is given again."),
        "file": gettext_lazy("The PDF itself, once it is ready; a 409 before."),
    }
    queryset = Report.objects.none()
    serializer_class = ReportSerializer
    filterset_class = ReportFilter
    ordering = ("-asked_at", "pk")

    def rows(self, member):
        return Report.objects.visible_to(member).select_related("asked_by", "evaluation__agreement")

    def create(self, request):
        typed = self.get_serializer(data=request.data)
        typed.is_valid(raise_exception=True)
        evaluation = typed.validated_data["evaluation"]
        made_before = set(evaluation.reports.values_list("pk", flat=True))
        report = ask_for_report(evaluation, by=request.member)
        status = HTTP_200_OK if report.pk in made_before else HTTP_201_CREATED
        return self.answer(self.get_queryset().get(pk=report.pk), status)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=[Pdf, JsonAnswer])
    def file(self, request, pk):
        report = self.get_object()
        if report.status != JobStatus.READY:
            raise WrongStatus(_("This document is not ready yet."))
        pdf = report.open_file()
        self.write_down([report], [])
        return FileResponse(pdf, as_attachment=True, filename=report.filename)
