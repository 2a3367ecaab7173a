"""What is written when a young person is referred, answered, and at the end."""

from referrals.models import DeclineReason, Outcome

# Why this partner, by offer.
MOTIVES = {
    "trades": [
        "Hésite entre plusieurs métiers. Une semaine sur les plateaux techniques aiderait à choisir.",
        "A envie de concret avant de s’engager dans une formation. Disponible toute la semaine.",
        "Projet vers {trade} à confirmer par la pratique, dans un cadre bienveillant.",
    ],
    "skolae": [
        "Les bases en français et en calcul sont à consolider avant {certificate}. Le rythme soutenu lui convient.",
        "Besoin d’un cadre et d’un groupe pour reprendre confiance. La réunion d’information a plu.",
        "A quitté le lycée depuis un an, veut se remettre en route avec un projet solide.",
    ],
    "prepa": [
        "Veut signer un contrat d’apprentissage dans {trade}, n’a pas encore d’employeur.",
        "Projet d’apprentissage mûr. Il manque la méthode pour démarcher les employeurs.",
    ],
    "kitchen": [
        "Souhaite travailler vite, attirance pour la cuisine. Un premier contrat encadré serait idéal.",
        "Première expérience à construire, ponctualité excellente lors de l’immersion.",
    ],
    "enterprise": [
        "Veut lancer son activité dans {trade}. L’idée est claire, les chiffres restent à travailler.",
        "A déjà quelques clients dans son entourage, cherche à se déclarer dans les règles.",
    ],
    "logistics": [
        "Disponible tout de suite, horaires décalés possibles. A déjà préparé des commandes l’été dernier.",
        "Cherche des missions courtes pour commencer, accepte de se former au CACES.",
    ],
    "building": [
        "Attirance pour le gros œuvre, immersion réussie dans une entreprise de rénovation.",
        "Souhaite passer les habilitations et enchaîner sur des missions. Permis en cours.",
    ],
    "cdi": [
        "Prépare ses premiers entretiens, aurait besoin du regard d’un recruteur.",
        "CV prêt, projet vers {trade}. Une simulation avec un professionnel ferait gagner en assurance.",
    ],
    "cfa": [
        "Cherche un employeur dans {trade} pour la rentrée, la visite des ateliers confirmerait le choix.",
        "Projet d’apprentissage validé, dossier prêt, disponible chaque mercredi.",
    ],
    "garage": ["Formation à quarante minutes de bus, départ à cinq heures : un scooter changerait tout."],
    "welding": ["Projet dans le bâtiment confirmé par deux immersions, cherche une place à la rentrée."],
}

ACCEPTED_NOTES = [
    "Rendez-vous proposé mardi matin, un message lui a été envoyé.",
    "Place réservée. Merci de prévoir une pièce d’identité.",
    "Bienvenue à la prochaine session, une réunion d’entrée a lieu la veille.",
    "",
    "",
]

DECLINED = [
    (DeclineReason.NO_PLACE, "La session est complète, la suivante commence dans deux mois."),
    (DeclineReason.NOT_THE_PUBLIC, "Le niveau demandé est au-dessus de ce que nous proposons ici."),
    (DeclineReason.TOO_FAR, "Plus d’une heure et demie de trajet, nous craignons l’abandon."),
    (DeclineReason.UNREACHABLE, "Trois appels et un courriel en dix jours, sans réponse."),
    (DeclineReason.REFUSED, "Après échange, préfère chercher directement un emploi."),
    (DeclineReason.NO_PLACE, "Liste d’attente déjà longue. À représenter au printemps."),
    (DeclineReason.OTHER, "Déjà en contact avec nous pour une autre action, qui suffit pour l’instant."),
]

OUTCOME_NOTES = {
    Outcome.WORK: ["CDD de six mois signé à l’issue du parcours.", "Mission longue prolongée jusqu’à l’été."],
    Outcome.APPRENTICESHIP: [
        "Contrat d’apprentissage signé dans {trade}.",
        "Employeur trouvé, rentrée confirmée.",
    ],
    Outcome.TRAINING: ["Entrée en formation {certificate}.", "Admission prononcée, rémunération ouverte."],
    Outcome.ENTERPRISE: ["Activité déclarée, premiers devis acceptés."],
    Outcome.STEP_DONE: [
        "Semaine complète, choix de métier arrêté.",
        "Objectif atteint, bilan remis au référent.",
    ],
    Outcome.DROPPED: [
        "Absences répétées puis arrêt. La porte reste ouverte.",
        "A préféré arrêter à mi-parcours.",
    ],
    Outcome.REDIRECTED: ["Le projet a évolué, un autre organisme prend la suite."],
}
