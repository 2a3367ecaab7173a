"""What is written in the conversation of a referral. Who writes stands before each line."""

from referrals.workflow import Status

AGENT, COUNSELLOR = "partenaire", "conseiller"

QUESTION = [
    "partenaire: Bonjour, merci pour cette orientation. Le CV est-il à jour ? Il manque la dernière expérience.",
    "conseiller: Bonjour, le stage de septembre n’y figure pas encore. Nous le mettons à jour ensemble jeudi "
    "et je le dépose ici.",
]
DATES = [
    "conseiller: Bonjour, une date de réunion d’information est-elle déjà fixée ?",
    "partenaire: Oui : mardi prochain à 9 h 30, ou le jeudi à 14 h. Le jeudi laisse plus de temps pour la visite.",
    "conseiller: Jeudi 14 h, c’est noté. Merci de confirmer sa venue après la réunion.",
]
FIRST_WEEKS = [
    "partenaire: Premières semaines encourageantes : à l’heure tous les jours, bonne entente avec l’équipe.",
    "conseiller: Très bonne nouvelle, merci. Le trajet reste long : la carte de transport est demandée.",
    "partenaire: Nous pouvons décaler l’arrivée de 20 minutes en attendant.",
]
ABSENCE = [
    "partenaire: Absence hier et ce matin, sans appel. Avez-vous des nouvelles ?",
    "conseiller: J’ai eu un appel : le bus ne circulait pas. Je rappelle la règle : prévenir avant 9 h.",
    "partenaire: Merci. Retour cet après-midi, nous avons fait le point.",
]
POINT = [
    "conseiller: Bonjour, je vous propose un point à trois avant la fin du mois. Objectifs :\n"
    "– ce qui avance bien ;\n– ce qui reste difficile ;\n– la suite après la période en cours.",
    "partenaire: D’accord. Chez nous, le 28 à 10 h ? La personne qui encadre l’atelier sera là.",
    "conseiller: Parfait, je viens avec les documents de la convention.",
]
# None of them for one referral in two that waits: most are answered without a word.
TALKS = {
    Status.SENT: [QUESTION, []],
    Status.ACCEPTED: [DATES],
    Status.UNDER_WAY: [FIRST_WEEKS, ABSENCE, POINT],
}


def written_by(line: str) -> tuple[str, str]:
    by, _colon, text = line.partition(": ")
    return by, text
