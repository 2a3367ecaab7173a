"""The people who sign in, all invented, and the colleagues who make their houses look inhabited."""

from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Role, User
from common import clock
from demonstration.story import World
from exchange.models import Invitation
from exchange.staff.actions import invite, name_head

PASSWORD = "passerelle"  # noqa: S105 -- known to everyone, permitted only where all people are invented

# mailbox, first name, last name, organisation, role, job title: the accounts that the demonstration announces
ACCOUNTS = [
    ("conseillere", "Sofia", "Martin", "ml-marseille", "counsellor", "Conseillère"),
    ("conseiller2", "Paul", "Roy", "ml-marseille", "counsellor", "Conseiller"),
    ("direction", "Hélène", "Vasseur", "ml-marseille", "director", "Directrice"),
    ("agent", "Karim", "Delorme", "auteuil", "lead", "Responsable de l’insertion"),
    ("agent", "Julie", "Fontanel", "interim", "agent", "Chargée de recrutement"),
    ("direction", "Marc", "Chazelle", "ml-saint-etienne", "director", "Directeur"),
    ("conseiller", "Nadir", "Besson", "ml-saint-etienne", "counsellor", "Conseiller"),
    ("reseau", "Claire", "Aumont", "unml", "network", "Responsable des partenariats"),
    ("reseau", "Yann", "Le Guellec", "urml-pdl", "network", "Chargé d’animation régionale"),
    ("accueil", "Nadège", "Ferrand", "ml-marseille", "reception", "Chargée d’accueil"),
    ("benevole", "Monique", "Sabatier", "ml-marseille", "volunteer", "Marraine bénévole"),
    ("admin", "Alex", "Perrin", "passerelle", "administrator", "Administration"),
]

# They have no password: they are referents, signers and contacts, and nobody signs in as them.
COLLEAGUES = [
    ("leila.benhadou", "Leïla", "Benhadou", "ml-marseille", "counsellor", "Conseillère"),
    ("thomas.arnal", "Thomas", "Arnal", "ml-marseille", "counsellor", "Conseiller"),
    ("ines.carvalho", "Inès", "Carvalho", "ml-marseille", "counsellor", "Conseillère emploi"),
    ("gerard.tissot", "Gérard", "Tissot", "ml-marseille", "counsellor", "Conseiller"),
    ("julien.faugier", "Julien", "Faugier", "ml-saint-etienne", "counsellor", "Conseiller"),
    ("aminata.kane", "Aminata", "Kane", "ml-saint-etienne", "counsellor", "Conseillère"),
    ("elodie.grangier", "Élodie", "Grangier", "ml-saint-etienne", "counsellor", "Conseillère CEJ"),
    ("camille.rouveyre", "Camille", "Rouveyre", "auteuil", "agent", "Éducatrice technique"),
    ("sandrine.peyrot", "Sandrine", "Peyrot", "interim", "lead", "Directrice d’agence"),
    ("olivier.maurin", "Olivier", "Maurin", "cma-paca", "lead", "Développeur de l’apprentissage"),
    ("nora.santini", "Nora", "Santini", "interim-port", "lead", "Directrice d’agence"),
    ("luc.bessede", "Luc", "Bessède", "atelier-metiers", "lead", "Directeur"),
    ("farid.pons", "Farid", "Pons", "roue-libre", "lead", "Coordinateur"),
    ("agnes.collomb", "Agnès", "Collomb", "cfa-gier", "lead", "Directrice adjointe"),
    ("denis.vachon", "Denis", "Vachon", "dgefp", "lead", "Sous-directeur"),
    ("anne.lebrunet", "Anne", "Lebrunet", "prism-emploi", "lead", "Déléguée générale"),
    ("eric.moreteau", "Éric", "Moreteau", "prism-emploi-pdl", "lead", "Délégué régional"),
    ("sylvie.garnerot", "Sylvie", "Garnerot", "dreets-pdl", "lead", "Cheffe de service"),
    ("hugues.lamyre", "Hugues", "Lamyre", "faf-tt", "lead", "Délégué régional"),
]  # fmt: skip

HEADS = {Role.DIRECTOR, Role.LEAD, Role.NETWORK}


def engage(world: World) -> None:
    """Users and memberships. The password is hashed once: hashing is slow, which is its point."""
    with_password, without = make_password(PASSWORD), make_password(None)
    for people, password in ((ACCOUNTS, with_password), (COLLEAGUES, without)):
        for mailbox, first_name, last_name, short_name, role, title in people:
            address = f"{mailbox}@{short_name}"
            user = User(
                email=f"{address}.example", first_name=first_name, last_name=last_name, password=password
            )
            user.save()
            member = Membership.objects.create(
                user=user,
                organisation=world.organisations[short_name],
                role=role,
                title=title,
                starts_on=clock.today(),
            )
            world.members[address] = member
            if role in HEADS:
                world.heads[short_name] = member


def invite_newcomer(world: World) -> None:
    """She has not answered yet; her mail lies in the folder of the mails."""
    invitation = Invitation(
        email="lucie.marchetti@ml-marseille.example",
        first_name="Lucie",
        last_name="Marchetti",
        role=Role.COUNSELLOR,
        title="Conseillère",
    )
    invite(invitation, by=world.heads["ml-marseille"])


def name_first_lead(world: World) -> None:
    """The administrator has just asked somebody to run a house that nobody runs yet."""
    invitation = Invitation(
        email="bruno.vialatte@plateau-insertion.example",
        first_name="Bruno",
        last_name="Vialatte",
        title="Responsable de l’insertion",
    )
    name_head(
        invitation,
        organisation=world.organisations["plateau-insertion"],
        by=world.members["admin@passerelle"],
    )
