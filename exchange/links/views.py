"""Opening a personal link, and what its pages share. Opening acts on nothing: programs that scan mail do it too."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audit import audited, showing
from exchange.links.forms import LinkForm
from exchange.links.models import PersonalLink
from exchange.links.purposes import Purpose

OPENED = "links"  # in the session: ids of the links whose secret was shown here
MOST_OPENED = 5


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_open(request):
    """Where each link of a mail leads. Its secret comes by POST alone, so that it stands in no log and no Referer."""
    form = LinkForm(request.POST or None, request=request)
    if form.is_valid():
        opened = [pk for pk in request.session.get(OPENED, []) if pk != str(form.link.pk)]
        request.session[OPENED] = [*opened, str(form.link.pk)][-MOST_OPENED:]
        return redirect(form.link)
    return render(request, "exchange/link_open.html", {"form": form}, status=422 if form.is_bound else 200)


def by_link(purpose: Purpose):
    """A page for whoever opened such a link in this browser. Each look is written down; who did not gets a 404."""

    def decorated(view):
        @login_not_required
        @require_http_methods(["GET", "HEAD", "POST"])
        @audited
        @wraps(view)
        def wrapper(request, pk):
            link = PersonalLink.objects.filter(pk=pk, purpose=purpose.name).first()
            if link is None or str(pk) not in request.session.get(OPENED, []):
                raise Http404
            showing(request, link._meta.label_lower, [link.pk])
            if because := link.closed_because:
                return render(request, "exchange/link_closed.html", {"because": because}, status=410)
            return view(request, link)

        return wrapper

    return decorated
