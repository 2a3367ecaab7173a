"""Puts the demonstration into the database, or takes everything out of it."""

import random

from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from accounts.models import Organisation
from common import clock
from demonstration.accounts import engage, invite_newcomer, name_first_lead
from demonstration.agreements import agreements
from demonstration.catalogue import propose
from demonstration.documents import documents
from demonstration.organisations import found
from demonstration.plans import plans
from demonstration.referrals import referrals
from demonstration.saved_views import keep_views
from demonstration.story import World, office_hour, play
from demonstration.tables import send_table
from demonstration.youths import lives
from evaluations.models import Report
from exchange.deliveries.by_date import tell_of
from exchange.models import Delivery, Document, Export, Notice
from youths.models import YouthImport

LATELY = 7
YEARS_AGO = 4 * 365  # the houses stood long before the story


def is_empty() -> bool:
    return not Organisation.objects.exists()


@transaction.atomic  # all or nothing: an interrupted load leaves a database that can be loaded
def load() -> World:
    """Tell the whole story up to now. Its only chances are seeded: two loads differ by their dates alone."""
    world = World(told_at=clock.now())
    with translation.override("fr"):
        with clock.at(office_hour(world.ago(YEARS_AGO), random.Random("foundation"))):
            found(world)
            engage(world)
            propose(world)
        people = plans()
        strands = [*agreements(world), *lives(world, people), *referrals(world, people)]
        play([*strands, *documents(world, people)])
        invite_newcomer(world)
        name_first_lead(world)
        send_table(world)
        keep_views(world)
        tell_of(clock.today())
        have_read(world)
    return world


def have_read(world: World) -> None:
    """What was told long ago is read by now, and no mail of the past is still to leave."""
    Delivery.objects.exclude(notice=None).delete()
    Notice.objects.unread().filter(told_at__lt=clock.midnight(world.ago(LATELY))).update(
        read_at=world.told_at
    )


def empty() -> None:
    """Every row of every table, and the files that rows point to."""
    for report in Report.objects.exclude(pdf=""):
        report.pdf.delete(save=False)
    for document in Document.objects.all():
        document.file.delete(save=False)
    for export in Export.objects.exclude(file=""):
        export.clear()
    for youth_import in YouthImport.objects.exclude(file="", refused=""):
        youth_import.clear()
    call_command("flush", interactive=False, verbosity=0)
