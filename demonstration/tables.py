"""A table of another system on its way into the files of a structure: tried, and waiting to be looked at."""

from django.core.files.base import ContentFile

from demonstration.story import World
from exchange.imports.sheets import table_of
from youths.imports.actions import check, send
from youths.imports.columns import Mapping, guessed
from youths.imports.tasks import take_table
from youths.models import Youth, YouthImport

HEADINGS = (
    "N° dossier;Nom de naissance;Prénom;Né(e) le;Portable;Commune;Niveau scolaire;Situation;Observations"
)
LINES = [
    "20417;Delaunay;Inès;{adult};0639980141;Marseille;;En emploi;",
    "20418;Kouyaté;Ibrahim;{adult};0639980142;Aubagne;;Cherche un emploi;vu au forum",
    "20419;Marchetti;Lola;31/12/1899;0639980143;Marseille;;En formation;date à vérifier",
    "20420;Petitjean;Noé;{adult};06 39;Allauch;;;",
    "20418;Rousselot;Clara;{adult};0639980145;Marseille;;;même numéro que la ligne 3",
]


def send_table(world: World) -> YouthImport:
    """What its direction finds: lines that would be created, refused ones, an unknown word, somebody alike."""
    head = world.heads["ml-marseille"]
    alike = Youth.objects.visible_to(head).order_by("search", "pk").first()
    adult = f"{world.today.replace(year=world.today.year - 20, day=1):%d/%m/%Y}"
    lines = [line.format(adult=adult) for line in LINES]
    lines.append(f"20421;{alike.last_name};{alike.first_name};{alike.birth_date:%d/%m/%Y};;;;;")
    content = "\n".join([HEADINGS, *lines]).encode()
    job = YouthImport(name="export-ancien-logiciel.csv", status="ready")
    send(job, ContentFile(content, "table.csv"), by=head)
    check(job, Mapping(guessed(table_of(content)[0]), system="imilo"), save_as="Ancien logiciel")
    take_table(str(job.pk))
    return job
