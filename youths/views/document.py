"""Adding a document to a young person's file."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.audit import audited
from exchange.documents.views import added
from youths.views.access import youth_to_change


@audited
def document_create(request: HttpRequest, pk) -> HttpResponse:
    youth = youth_to_change(request, pk)
    return added(request, youth, back_url=reverse("desk:youth_documents", args=[youth.pk]))
