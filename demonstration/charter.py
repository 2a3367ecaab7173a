"""The practices of the Marseille charter, as written at its signature and as found after its first year."""

from partnerships.models import FieldOfAction, Practice

APPLIED, PARTLY, NOT_APPLIED = Practice.State

# field of action, how, who, state after the first year, adjustment
PRACTICES = [
    (
        FieldOfAction.MOBILISING,
        "Deux permanences communes par mois au pied des immeubles, annoncées par les associations du quartier.",
        "Un conseiller de l’antenne Nord, un éducateur de la fondation",
        APPLIED,
        "",
    ),
    (
        FieldOfAction.MOBILISING,
        "Tout jeune rencontré par l’un est présenté à l’autre sous huit jours, en sa présence.",
        "Les interlocuteurs uniques",
        PARTLY,
        "Le délai passe à dix jours ; les présentations se font aussi en visioconférence.",
    ),
    (
        FieldOfAction.MOBILISING,
        "Une liste partagée des jeunes injoignables, revue ensemble chaque trimestre.",
        "Les interlocuteurs uniques",
        NOT_APPLIED,
        "Remplacée par un point de quinze minutes à la fin de chaque permanence commune.",
    ),
    (
        FieldOfAction.TRADES,
        "Une semaine de découverte des métiers par trimestre, avec dix places réservées aux jeunes suivis.",
        "Responsable des plateaux techniques, conseillère emploi",
        APPLIED,
        "",
    ),
    (
        FieldOfAction.TRADES,
        "Une restitution à trois (jeune, conseiller, formateur) clôt chaque immersion et laisse une trace écrite.",
        "Le référent et l’encadrant technique",
        PARTLY,
        "Une trame d’une page remplace le compte rendu libre, trop long à rédiger.",
    ),
    (
        FieldOfAction.ENTERPRISE,
        "Les jeunes porteurs d’un projet sont reçus ensemble avant l’entrée à l’atelier des entrepreneurs.",
        "Référente création d’activité, animateur de l’atelier",
        APPLIED,
        "",
    ),
    (
        FieldOfAction.ENTERPRISE,
        "Un parrain ou une marraine accompagne les six premiers mois d’activité.",
        "Le réseau de parrainage",
        PARTLY,
        "Le réseau recrute quatre nouveaux parrains avant l’été.",
    ),
    (
        FieldOfAction.TRAINING,
        "Les entrées en formation sont préparées en commun : positionnement, mobilité, logement.",
        "Le référent et le coordinateur de formation",
        APPLIED,
        "",
    ),
    (
        FieldOfAction.TRAINING,
        "Un point est fait un mois après l’entrée, puis à mi-parcours ; toute absence de trois jours est signalée.",
        "Le coordinateur de formation",
        PARTLY,
        "Le signalement passe à deux jours et se note dans l’orientation.",
    ),
    (
        FieldOfAction.TRAINING,
        "Les équipes s’accueillent une journée par an, dans les deux sens.",
        "Les deux directions",
        APPLIED,
        "",
    ),
]
