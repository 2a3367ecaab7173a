"""One's own account: what one is called, the address one signs in with, what was sent."""

from copy import copy

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from accounts.models import Session
from common.errors import DomainError
from common.forms import refusals_in
from exchange.account import actions
from exchange.account.forms import AccountForm, AddressForm
from exchange.account.models import CHANGE_ADDRESS, AddressChange
from exchange.links.views import by_link
from exchange.models import Notice

MOST_SENT = 10


@require_http_methods(["GET", "HEAD", "POST"])
def account(request):
    member = request.member
    # A copy: the form writes into what it is given, and the frame prints it.
    form = AccountForm(request.POST or None, instance=copy(request.user), member=member)
    if form.is_valid():
        actions.describe(by=member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return set_language(request)  # which leads back to this page, as the form says
    context = {
        "form": form,
        "waiting": AddressChange.objects.waiting(request.user).first(),
        "sessions": len(Session.objects.running(request.user)),
        "sent": Notice.objects.visible_to(member).for_list().prefetch_related("deliveries")[:MOST_SENT],
    }
    return render(request, "exchange/account.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def address_change(request):
    """Asks the password again; the new address serves once it is confirmed from its mailbox."""
    form = AddressForm(request.POST or None, user=request.user)
    if form.is_valid():
        with refusals_in(form):
            actions.ask_for_address(form.cleaned_data["email"], by=request.member)
            said = _("A link goes to %(email)s: open it there and confirm. Until then nothing changes.")
            messages.success(request, said % {"email": form.cleaned_data["email"]})
            return redirect("exchange:account")
    context = {"form": form}
    return render(request, "exchange/address_change.html", context, status=422 if form.is_bound else 200)


@require_POST
def address_withdraw(request):
    actions.withdraw_address(by=request.member)
    messages.success(request, _("Your address stays as it is."))
    return redirect("exchange:account")


@by_link(CHANGE_ADDRESS)
def address_confirm(request, link):
    """The new mailbox says yes; signed in or not, for the link was opened where the mail is read."""
    context = {"change": link.subject, "refusal": ""}
    if request.method == "POST":
        try:
            actions.confirm_address(link)
        except DomainError as error:
            context["refusal"] = str(error)
        else:
            messages.success(request, _("From now on you sign in with %(email)s.") % {"email": link.email})
            return redirect("exchange:account")
    return render(
        request, "exchange/address_confirm.html", context, status=409 if context["refusal"] else 200
    )
