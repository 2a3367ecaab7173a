"""What the evaluation task costs beside WeasyPrint alone on the same HTML: `make bench`

Needs a database with an evaluation (the demonstration). Makes the PDFs that wait there, otherwise leaves it as it was.
"""

import os
import statistics
import sys
import time
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROUNDS = 7
MOST = 1.10


def timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measured(evaluation) -> tuple[float, float]:
    """Medians in seconds of WeasyPrint alone and of the whole task, taken in turns."""
    from evaluations import layout, rendering, tasks
    from evaluations.models import Report

    identifier = bytes.fromhex(evaluation.digest)[:16]
    html = rendering.html_of(evaluation)
    layout.pdf(html, identifier=identifier)  # fonts are read once
    alone, whole = [], []
    for _ in range(ROUNDS):
        alone.append(timed(lambda: layout.pdf(html, identifier=identifier)))
        report = Report.objects.create(evaluation=evaluation, asked_by=evaluation.computed_by)
        whole.append(timed(partial(tasks.build_report, str(report.pk))))
        report.refresh_from_db()
        assert report.status == "ready", report.sentence
        report.pdf.delete(save=False)
        report.delete()
    return statistics.median(alone), statistics.median(whole)


def main() -> int:
    django.setup()
    from django.utils import translation

    from evaluations import tasks
    from evaluations.models import Evaluation

    evaluation = Evaluation.objects.for_detail().order_by("-number").first()
    if evaluation is None:
        print("No evaluation here: load the demonstration first.")
        return 1
    for waiting in evaluation.reports.open():
        tasks.build_report(str(waiting.pk))
    with translation.override("fr"):
        alone, whole = measured(evaluation)
    ratio = whole / alone
    print(
        f"WeasyPrint alone {alone * 1000:.0f} ms, the task {whole * 1000:.0f} ms: ratio {ratio:.3f} (at most {MOST})"
    )
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
