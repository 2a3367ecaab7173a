"""Finding anything: the palette of every page, and a page of its own where scripts do not run."""

from django.shortcuts import render

from accounts.audit import audited, showing
from common.http import WORDS, searches, wants_fragment
from desk import finding
from referrals.views.referral import show


@audited
@searches
def find(request):
    findings = finding.find(request.named, request.member)
    used = [WORDS] if request.named else []
    showing(request, "youths.youth", [youth.pk for youth in findings.youths], used)
    if findings.referrals:
        show(request, findings.referrals, used)
    template = "desk/_found.html" if wants_fragment(request) else "desk/find.html"
    return render(request, template, {"findings": findings, "words": request.named})
