"""Time the server takes for the busiest pages of the demonstration: `make bench`."""

import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROUNDS = 30


def times_of(browser, url) -> list[float]:
    """Seconds for each answer, in order; the first readings warm templates and plans."""
    taken = []
    for _ in range(ROUNDS + 3):
        start = time.perf_counter()
        answer = browser.get(url)
        taken.append(time.perf_counter() - start)
        assert answer.status_code == 200, (url, answer.status_code)
    return sorted(taken[3:])


def main() -> int:
    django.setup()
    from django.conf import settings
    from django.db.models import Count
    from django.test import Client
    from django.urls import reverse

    from accounts.models import Membership
    from youths.models import FollowUp

    counsellors = Membership.objects.active().filter(role="counsellor")
    caseloads = FollowUp.objects.open().filter(referent__in=counsellors).values("referent")
    busiest = caseloads.annotate(youths=Count("pk")).order_by("-youths", "referent").first()
    if busiest is None:
        print("No caseload here: load the demonstration first.")
        return 1
    follow_up = FollowUp.objects.open().filter(referent=busiest["referent"]).order_by("opened_at").first()
    browser = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    browser.force_login(follow_up.referent.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    for name, url in [
        ("home", reverse("desk:home")),
        ("caseload", reverse("desk:caseload")),
        ("youth’s file", reverse("desk:youth_file", args=[follow_up.youth_id])),
        ("evaluations", reverse("evaluations:evaluation_list")),
    ]:
        taken = times_of(browser, url)
        median, slow = statistics.median(taken), taken[int(len(taken) * 0.95)]
        print(f"{name:14} median {median * 1000:6.1f} ms, 95 % within {slow * 1000:6.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
