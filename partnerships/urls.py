"""Addresses of agreements; the page of one is desk's, for it shows what several apps know."""

from django.urls import path

from exchange.exports.views import exported
from partnerships import views
from partnerships.exports import AGREEMENTS

app_name = "partnerships"

urlpatterns = [
    path("agreements/", views.agreement_list, name="agreement_list"),
    path("agreements/export/", exported(AGREEMENTS), name="agreement_export"),
    path("agreements/<uuid:pk>/documents/new/", views.document_create, name="document_create"),
    path("agreements/<uuid:pk>/steps/<slug:step>/", views.agreement_step, name="agreement_step"),
]
