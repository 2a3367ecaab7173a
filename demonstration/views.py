"""In the demonstration alone: what would have left by mail and SMS. Everybody in it is invented, and may look."""

from functools import wraps

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from common.http import reads
from demonstration.mailbox import mails, texts


def in_the_demonstration(view):
    @login_not_required
    @reads
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return wrapper


def get_mail(name: str):
    found = next((mail for mail in mails() if mail.name == name), None)
    if found is None:
        raise Http404
    return found


@in_the_demonstration
def mail_list(request):
    return render(request, "demonstration/mail_list.html", {"mails": mails(), "texts": texts()})


@in_the_demonstration
def mail_text(request, name):
    return render(request, "demonstration/mail_text.html", {"mail": get_mail(name)})


@csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "sandbox": ["allow-top-navigation"]})
@in_the_demonstration
def mail_html(request, name):
    """As a reader of mail draws it: its look stands in its tags, which our own pages forbid."""
    return HttpResponse(get_mail(name).html)
