"""The first page after signing in, by role."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.audit import audited, showing
from accounts.models import Role
from common import clock
from common.http import reads
from common.words import day_words
from desk.homes import administrator, counsellor, director, network, partner, reception, volunteer


@audited
@reads
def home(request):
    match request.member.reads_as:
        case Role.COUNSELLOR:
            return counsellor_home(request)
        case Role.DIRECTOR:
            return director_home(request)
        case Role.RECEPTION:
            return reception_home(request)
        case Role.AGENT | Role.LEAD:
            return partner_home(request)
        case Role.NETWORK:
            return without_youths(request, "desk/home_network.html", network)
        case Role.VOLUNTEER:
            return without_youths(request, "desk/home_volunteer.html", volunteer)
        case Role.ADMINISTRATOR:
            return without_youths(request, "desk/home_administrator.html", administrator)
    raise Http404


def greeting(member) -> dict:
    hello = _("Hello %(first_name)s") % {"first_name": member.user.first_name}
    return {"hello": hello, "lead": f"{member.organisation} · {day_words(clock.today())}"}


def counsellor_home(request):
    found = counsellor.home(request.member)
    named = [row.youth for row in found["to_do"]] + found["recent"]
    named += [row["youth"] for row in found["answers"] + found["handed_over"]]
    showing(request, "youths.youth", {youth.pk for youth in named})
    return render(request, "desk/home_counsellor.html", found | greeting(request.member))


def director_home(request):
    found = director.home(request.member)
    showing(request, "youths.youth", [row["youth"].pk for row in found["waiting"]])
    return render(request, "desk/home_director.html", found | greeting(request.member))


def partner_home(request):
    found = partner.home(request.member)
    referrals = [row["referral"] for row in found["to_answer"] + found["running"]]
    showing(request, "referrals.referral", [referral.pk for referral in referrals])
    showing(request, "youths.youth", [referral.youth_id for referral in referrals if referral.person_shown])
    return render(request, "desk/home_partner.html", found | greeting(request.member))


def reception_home(request):
    found = reception.home(request.member)
    showing(request, "youths.youth", {row["youth"].pk for row in found["waiting"] + found["received"]})
    return render(request, "desk/home_reception.html", found | greeting(request.member))


def without_youths(request, template, role):
    """The page of a role that sees nobody's file, and says so to the audit."""
    showing(request, "youths.youth", [])
    return render(request, template, role.home(request.member) | greeting(request.member))
