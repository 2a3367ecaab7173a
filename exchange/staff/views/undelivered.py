"""What could not be delivered, for who runs the staff and for the platform's administrator; never what it says."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Role
from common.http import reads
from common.pagination import paginate
from exchange.deliveries.actions import send_again
from exchange.deliveries.models import Delivery

NEWEST_FIRST = ("-asked_at", "pk")


@reads
def undelivered_list(request):
    if not request.member.roles_run and request.member.role != Role.ADMINISTRATOR:
        raise PermissionDenied
    undelivered = Delivery.objects.visible_to(request.member).for_list()
    page = paginate(request, undelivered, NEWEST_FIRST)
    return render(request, "exchange/undelivered_list.html", {"page": page})


@require_POST
def undelivered_again(request, pk):
    """A second click finds that it is no longer failed, and says the same."""
    send_again(get_object_or_404(Delivery.objects.visible_to(request.member), pk=pk))
    messages.success(request, _("The message is sent again."))
    return redirect("exchange:undelivered_list")
