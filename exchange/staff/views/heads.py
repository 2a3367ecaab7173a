"""The platform's administrator names who first runs an organisation."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.organisations.views import get_administered
from common.forms import refusals_in
from exchange.staff import actions
from exchange.staff.forms import HeadForm
from exchange.staff.views.staff import said_of


@require_http_methods(["GET", "HEAD", "POST"])
def head_create(request, pk):
    organisation = get_administered(request, pk)
    form = HeadForm(request.POST or None, organisation=organisation)
    if form.is_valid():
        with refusals_in(form):
            actions.name_head(form.instance, organisation=organisation, by=request.member)
            messages.success(request, said_of(form.instance))
            return redirect(organisation)
    context = {"organisation": organisation, "form": form}
    return render(request, "exchange/head_create.html", context, status=422 if form.is_bound else 200)
