"""Pages of an import, for the direction alone."""

from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import audited, showing
from common.errors import DomainError
from common.forms import refusals_in
from common.http import reads, wants_fragment
from common.outage import unavailable
from exchange.imports.sheets import table_of
from youths.imports import actions
from youths.imports.columns import Mapping
from youths.imports.forms import ColumnsForm, TableForm, WordsForm
from youths.imports.importer import ANOTHER
from youths.models import Youth, YouthImport
from youths.models.youth_import import Stage

LATEST = 10
MOST_ASKED = 100


def check_is_director(request) -> None:
    if not request.member.is_director:
        raise PermissionDenied


def get_import(request, pk) -> YouthImport:
    """Absent and forbidden look the same from outside: 404."""
    return get_object_or_404(YouthImport.objects.visible_to(request.member).for_list(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def import_create(request):
    """The form, and the structure's latest imports below it."""
    check_is_director(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TableForm(*sent, member=request.member)
    if form.is_valid():
        typed, saved = form.cleaned_data, form.cleaned_data["saved"]
        job = YouthImport(
            pk=typed["record_id"], name=typed["file"].name[-120:], status="ready", saved_as=saved
        )
        job.mapping = saved.content if saved else {}
        with refusals_in(form):
            actions.send(job, typed["file"], by=request.member)
            return redirect("youths:import_columns", job.pk)
    latest = YouthImport.objects.visible_to(request.member).for_list()[:LATEST]
    context = {"form": form, "imports": latest}
    return render(request, "youths/import_create.html", context, status=422 if form.is_bound else 200)


@audited
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, pk):
    job = get_import(request, pk)
    if job.stage == Stage.WRITE or not job.file:
        return redirect(job)
    try:
        headings, below = table_of(job.content())
        lines = list(islice(below, 20))
    except OSError:
        return unavailable(request)
    name = job.saved_as.name if job.saved_as else ""
    typed = request.POST if request.method == "POST" else None
    form = ColumnsForm(typed, headings=headings, lines=lines, mapping=Mapping(**job.mapping), name=name)
    if form.is_valid():
        with refusals_in(form):
            actions.check(job, form.as_mapping(), save_as=form.cleaned_data["save_as"])
            return redirect(job)
    showing(request, "youths.youthimport", [job.pk])
    context = {"form": form, "job": job}
    return render(request, "youths/import_columns.html", context, status=422 if form.is_bound else 200)


@audited
@reads
def import_detail(request, pk):
    """A page that can be reloaded by hand; htmx asks each second for the fragment alone."""
    job = get_import(request, pk)
    showing(request, "youths.youthimport", [job.pk])
    asked = alike(request, job) if job.waits_for_an_answer else []
    context = {"job": job, "result": job.result, "asked": asked, "more": more_than(job, asked)}
    words = job.result.get("words")
    if job.waits_for_an_answer and words:
        context["words"] = WordsForm(words=words, sites=sites_of(job))
    template = "youths/_import.html" if wants_fragment(request) else "youths/import_detail.html"
    return render(request, template, context)


def alike(request, job) -> list[dict]:
    """Lines and the files that may be the same person's, as the reader may see them."""
    found = job.result.get("resembling", [])[:MOST_ASKED]
    youths = {
        str(y.pk): y for y in Youth.objects.visible_to(request.member).filter(pk__in=[f[2] for f in found])
    }
    showing(request, "youths.youth", youths)
    lines: dict[int, dict] = {}
    for number, names, pk in found:
        line = lines.setdefault(number, {"number": number, "names": names, "files": []})
        if pk in youths:
            line["files"].append(youths[pk])
    return list(lines.values())


def more_than(job, asked: list) -> int:
    return len({one[0] for one in job.result.get("resembling", [])}) - len(asked)


def sites_of(job) -> list[str]:
    return [site.name for site in job.organisation.sites.order_by("name")]


@require_POST
def import_words(request, pk):
    job = get_import(request, pk)
    form = WordsForm(request.POST, words=job.result.get("words", {}), sites=sites_of(job))
    if form.is_valid() and form.as_words() and job.waits_for_an_answer:
        return done(request, job, lambda: actions.check_again(job, form.as_words()))
    messages.error(request, _("Say for one word at least what it means."))
    return redirect(job)


@require_POST
def import_write(request, pk):
    job = get_import(request, pk)
    choices = answers_in(request.POST, job.result.get("resembling", []))
    return done(request, job, lambda: actions.write(job, choices, by=request.member))


def answers_in(typed, resembling: list) -> dict[str, str]:
    """Of what was asked, by line; anything else that a body holds is no answer."""
    possible: dict[str, set[str]] = {}
    for number, _names, pk in resembling:
        possible.setdefault(str(number), {ANOTHER}).add(pk)
    said = {line: typed.get(f"line_{line}") for line in possible}
    return {line: answer for line, answer in said.items() if answer in possible[line]}


@require_POST
def import_continue(request, pk):
    job = get_import(request, pk)
    return done(request, job, lambda: actions.continue_writing(job, by=request.member))


def done(request, job, act):
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(job)


@require_POST
def import_leave(request, pk):
    job = get_import(request, pk)
    actions.leave(job)
    messages.success(request, _("The table is deleted."))
    return redirect("youths:import_create")


@audited
@reads
def import_refused(request, pk):
    """The refused lines, in the columns of what was sent, each with the reason."""
    job = get_import(request, pk)
    if not job.refused:
        raise Http404
    try:
        file = job.refused.open("rb")
    except OSError:
        return unavailable(request)
    showing(request, "youths.youthimport", [job.pk])
    extension = "xlsx" if file.read(2) == b"PK" else "csv"
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"lignes-refusees.{extension}")
