from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import SESSION_KEY


@require_POST
def membership_switch(request):
    """Act for another of one's organisations from now on."""
    wanted = request.POST.get("member")
    if not any(str(member.pk) == wanted for member in request.memberships):
        raise Http404
    request.session[SESSION_KEY] = wanted
    return redirect("desk:home")


@require_safe
def address(request):
    """The address one signs in with. It was invited by an organisation, so its owner alone does not change it."""
    return render(request, "account/email.html")
