"""What a newcomer reads once the demonstration is loaded: the accounts and the first addresses."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from demonstration.accounts import ACCOUNTS, PASSWORD
from demonstration.texts_of_agreements import CHARTER
from evaluations.models import Evaluation, Report
from partnerships.models import Agreement


def lines() -> Iterator[str]:
    accounts = list(accounts_present())
    if not accounts:
        yield _("The database holds other data than the demonstration’s: there are no accounts to announce.")
        return
    yield ""
    yield _("Everybody here is invented. The password of each account is: %(password)s") % {
        "password": PASSWORD
    }
    yield ""
    yield from table(accounts)
    yield ""
    yield from table(addresses())
    yield ""


def accounts_present() -> Iterator[tuple[str, ...]]:
    present = set(User.objects.values_list("email", flat=True))
    houses = dict(Organisation.objects.values_list("short_name", "name"))
    for mailbox, first_name, last_name, short_name, _role, title in ACCOUNTS:
        email = f"{mailbox}@{short_name}.example"
        if email in present:
            yield email, f"{first_name} {last_name}", f"{title}, {houses[short_name]}"


def addresses() -> Iterator[tuple[str, ...]]:
    yield _("The site"), settings.SITE_URL + "/"
    yield _("The mails that it would have sent"), settings.SITE_URL + reverse("demonstration:mail_list")
    charter = Agreement.objects.filter(reference=CHARTER.reference).first()
    evaluation = Evaluation.objects.filter(agreement=charter).first()
    report = Report.objects.for_list().filter(evaluation=evaluation).first()
    if charter:
        yield _("The Marseille charter"), settings.SITE_URL + charter.get_absolute_url()
    if evaluation:
        yield _("The evaluation of its first year"), settings.SITE_URL + evaluation.get_absolute_url()
    if report:
        path = reverse("evaluations:report_file", args=[report.pk])
        yield _("Its PDF, which the worker makes"), settings.SITE_URL + path


def table(rows) -> Iterator[str]:
    rows = list(rows)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  " + "   ".join(cells).rstrip()
