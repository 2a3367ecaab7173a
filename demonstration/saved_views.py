"""Two views of the caseload: the director shares one, a counsellor keeps one of her own."""

from demonstration.story import World
from desk.caseload import SAVED, STRUCTURE
from exchange.models import SavedView
from exchange.saved.actions import save_view


def keep_views(world: World) -> None:
    late = SavedView(
        listing=SAVED.key,
        name="En retard, toute la structure",
        is_shared=True,
        filters={"due": ["late"], "scope": [STRUCTURE]},
    )
    save_view(late, by=world.heads["ml-marseille"])
    silent = SavedView(listing=SAVED.key, name="À rappeler", filters={"silent": ["true"]})
    save_view(silent, by=world.members["conseillere@ml-marseille"])
