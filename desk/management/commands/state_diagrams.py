"""Writes docs/states.md from the workflows, so that the drawing cannot say something else than the code."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from evaluations.models import Evaluation
from partnerships.models import Agreement
from referrals.models import Referral

PAGE = settings.BASE_DIR / "docs" / "states.md"
INTRODUCTION = """# States and steps

Made by `python manage.py state_diagrams` from each app's `workflow.py`. What dates decide (in force, expired,
overdue) is computed and stands in no diagram.
"""


class Command(BaseCommand):
    help = "Writes the state diagrams of docs/states.md; --check only says whether they are up to date."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, check, **options):
        with override("en"):
            drawn = "\n".join(
                [INTRODUCTION, *(diagram(model) for model in (Agreement, Referral, Evaluation))]
            )
        if not check:
            PAGE.write_text(drawn)
        elif PAGE.read_text() != drawn:
            raise CommandError("docs/states.md is out of date: run python manage.py state_diagrams.")


def diagram(model) -> str:
    """One model's steps as a Mermaid state diagram: who takes which step from where to where."""
    status = model._meta.get_field("status")
    lines = [f"## {model._meta.verbose_name.capitalize()}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {value}: {label}" for value, label in status.choices]
    lines.append(f"    [*] --> {status.default}")
    order = [value for value, _ in status.choices]
    for name, step in model.STEPS.items():
        lines += [
            f"    {source} --> {step.target}: {name} ({step.side})"
            for source in sorted(step.sources, key=order.index)
        ]
    return "\n".join([*lines, "```", ""])
