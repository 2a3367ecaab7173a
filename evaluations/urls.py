"""Evaluations, their PDFs, and asking for both."""

from django.urls import path

from evaluations import views
from evaluations.exports import EVALUATIONS
from evaluations.views import reports
from exchange.exports.views import exported

app_name = "evaluations"

urlpatterns = [
    path("evaluations/", views.evaluation_list, name="evaluation_list"),
    path("evaluations/export/", exported(EVALUATIONS), name="evaluation_export"),
    path("evaluations/due/", views.due_list, name="due_list"),
    path("agreements/<uuid:pk>/evaluations/", views.evaluation_create, name="evaluation_create"),
    path("evaluations/<uuid:pk>/", views.evaluation_detail, name="evaluation_detail"),
    path("evaluations/<uuid:pk>/reports/", reports.report_create, name="report_create"),
    path("evaluations/<uuid:pk>/<slug:step>/", views.evaluation_step, name="evaluation_step"),
    path("reports/<uuid:pk>/", reports.report_detail, name="report_detail"),
    path("reports/<uuid:pk>/file/", reports.report_file, name="report_file"),
    path("reports/<uuid:pk>/retry/", reports.report_retry, name="report_retry"),
]
