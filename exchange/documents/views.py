"""Adding a document, replacing it by a newer version, downloading and withdrawing it."""

from functools import reduce
from operator import or_

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.audit import audited, showing
from common.forms import refusals_in
from common.http import reads
from common.outage import unavailable
from exchange.documents import actions
from exchange.documents.carrier import about, is_written_by
from exchange.documents.forms import DocumentForm
from exchange.documents.models import Document


def get_document(request, pk) -> Document:
    """Absent and forbidden look the same from outside: 404. What is found is noted as read, and on whose record."""
    document = get_object_or_404(Document.objects.visible_to(request.member).for_list(), pk=pk)
    showing(request, "exchange.document", [document.pk])
    told_of = about(document.record)
    showing(request, told_of._meta.label_lower, [told_of.pk])
    return document


def listed(member, record, beside=None) -> list[Document]:
    """The current documents that the reader may see of the record, and of another one whose page shows them beside.

    Each has its `older` versions, and tells whether it `may_be_replaced` from this page; all, whether they
    `may_be_withdrawn`.
    """
    records = [record] if beside is None else [record, beside]
    documents = reduce(or_, (Document.objects.on(one) for one in records))
    visible = list(documents.visible_to(member, kinds={type(one) for one in records}).for_list())
    is_writer = is_written_by(record, member)
    for document in visible:
        is_here = is_writer and document.subject_id == record.pk
        document.may_be_withdrawn = is_here and actions.is_withdrawn_by(document, member)
    current = [document for document in visible if document.replaced_at is None]
    for document in current:
        document.older = [one for one in visible if one.series == document.series and one != document]
        document.may_be_replaced = is_writer and document.subject_id == record.pk
    return current


def show(request, documents) -> None:
    """Say that a list of them is shown, where they tell of a person."""
    shown = [one.pk for document in documents for one in (document, *document.older)]
    showing(request, "exchange.document", shown)


@audited
@reads
def document_file(request, pk):
    """Saved by the browser, never shown in it: whatever the file holds runs nowhere."""
    document = get_document(request, pk)
    try:
        file = actions.opened(document)
    except actions.Lost as lost:
        return render(
            request, "exchange/document_lost.html", {"sentence": lost, "document": document}, status=410
        )
    except OSError:
        return unavailable(request)
    return FileResponse(
        file,
        as_attachment=True,
        filename=document.filename,
        content_type=document.media_type,
        headers={"Content-Security-Policy": "default-src 'none'; sandbox"},
    )


@audited
def document_replace(request: HttpRequest, pk) -> HttpResponse:
    """Send the newer version; the one before stays for those who may write."""
    document = get_document(request, pk)
    record = document.record
    if not is_written_by(record, request.member):
        raise PermissionDenied
    return added(request, record, back_url=document.page_url, replaces=document)


@audited
def document_withdraw(request: HttpRequest, pk) -> HttpResponse:
    """Asked once more before it is gone."""
    document = get_document(request, pk)
    if not actions.may_withdraw(document, request.member):
        raise PermissionDenied
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            actions.withdraw(document, by=request.member)
            messages.success(request, _("The document is withdrawn."))
            return redirect(document.page_url)
    context = {"document": document, "form": form, "back_url": document.page_url}
    return render(request, "exchange/document_withdraw.html", context, status=422 if form.errors else 200)


def added(request, record, *, back_url: str, replaces: Document | None = None) -> HttpResponse:
    """The form, and what was sent with it: to be called by a view that has asked who writes on the record."""
    initial = {name: getattr(replaces, name) for name in ("title", "kind", "audience")} if replaces else {}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*sent, initial=initial, to=record, by=request.member)
    if form.is_valid():
        with refusals_in(form):
            document = form.as_document()
            actions.add(document, form.cleaned_data["file"], to=record, by=request.member, replaces=replaces)
            messages.success(request, _("The document is kept."))
            return redirect(back_url)
    context = {"form": form, "record": record, "replaces": replaces, "back_url": back_url}
    return render(request, "exchange/document_add.html", context, status=422 if form.is_bound else 200)
