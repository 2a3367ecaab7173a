"""Time and CPU that the server takes for the busiest pages of the demonstration: `make bench`."""

import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROUNDS = 30
MOST = 20  # ms of CPU that a page should take on one core of 2026


def times_of(browser, url) -> tuple[list[float], list[float]]:
    """Seconds for each answer, in order, and of CPU; the first readings warm templates and plans."""
    taken, worked = [], []
    for _ in range(ROUNDS + 3):
        start, begun = time.perf_counter(), time.process_time()
        answer = browser.get(url)
        taken.append(time.perf_counter() - start)
        worked.append(time.process_time() - begun)
        assert answer.status_code == 200, (url, answer.status_code)
    return sorted(taken[3:]), sorted(worked[3:])


def signed_in(member):
    from django.conf import settings
    from django.test import Client

    browser = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    browser.force_login(member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return browser


def pages(counsellor, director, partner, follow_up) -> list[tuple]:
    from django.urls import reverse

    from evaluations.models import Evaluation
    from partnerships.models import Agreement
    from referrals.models import Referral

    agreement = Agreement.objects.visible_to(counsellor).order_by("title", "pk").first()
    referral = Referral.objects.visible_to(partner).order_by("-created_at", "pk").first()
    evaluation = Evaluation.objects.visible_to(director).order_by("-number").first()
    caseload = reverse("desk:caseload")
    return [
        ("counsellor’s home", counsellor, reverse("desk:home")),
        ("caseload", counsellor, caseload),
        ("structure", counsellor, f"{caseload}?scope=structure"),
        ("youth’s file", counsellor, reverse("desk:youth_file", args=[follow_up.youth_id])),
        ("referrals", counsellor, reverse("referrals:referral_list")),
        ("agreements", counsellor, reverse("partnerships:agreement_list")),
        ("agreement", counsellor, agreement.get_absolute_url()),
        ("evaluations", counsellor, reverse("evaluations:evaluation_list")),
        ("evaluation", director, evaluation.get_absolute_url()),
        ("director’s home", director, reverse("desk:home")),
        ("partner’s home", partner, reverse("desk:home")),
        ("partner’s referrals", partner, reverse("referrals:referral_list")),
        ("partner’s referral", partner, referral.get_absolute_url()),
    ]


def main() -> int:
    django.setup()
    from django.db.models import Count

    from accounts.models import Membership
    from evaluations.models import Evaluation
    from referrals.models import Referral
    from youths.models import FollowUp

    counsellors = Membership.objects.active().filter(role="counsellor")
    caseloads = FollowUp.objects.open().filter(referent__in=counsellors).values("referent")
    busiest = caseloads.annotate(youths=Count("pk")).order_by("-youths", "referent").first()
    evaluation = Evaluation.objects.select_related("computed_by__user").first()
    running = Referral.objects.filter(status="under_way").values("recipient")
    partner = Membership.objects.active().filter(organisation__in=running, role__in=["agent", "lead"]).first()
    if not (busiest and evaluation and partner):
        print("No caseload, evaluation or partner here: load the demonstration first.")
        return 1
    follow_up = FollowUp.objects.open().filter(referent=busiest["referent"]).order_by("opened_at").first()
    for name, member, url in pages(follow_up.referent, evaluation.computed_by, partner, follow_up):
        taken, worked = times_of(signed_in(member), url)
        median, slow, cpu = statistics.median(taken), taken[int(len(taken) * 0.95)], statistics.median(worked)
        print(
            f"{name:20} median {median * 1000:6.1f} ms, 95 % within {slow * 1000:6.1f} ms, "
            f"CPU {cpu * 1000:5.1f} ms{f' (wanted: {MOST})' if cpu * 1000 > MOST else ''}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
