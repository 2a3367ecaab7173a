"""What counsellors and partners write, in the short sentences of the trade; without gender, so that any fits anyone.

A note has a stage of the path: 1 getting to know, 2 building, 3 trying out, 4 arriving, 5 staying. What the law forbids to
write about (health, beliefs, offences, origins) is not here, and a test reads every word.
"""

from typing import NamedTuple


class Note(NamedTuple):
    stage: int
    kind: str
    theme: str
    text: str
    next_step: str = ""


class Project(NamedTuple):
    trade: str
    employer: str
    certificate: str


PROJECTS = [
    Project("la boulangerie", "une boulangerie artisanale", "CAP boulanger"),
    Project("la logistique", "un entrepôt de la zone d’activité", "CACES 1 et 3"),
    Project("la vente", "un magasin de sport", "titre de conseiller de vente"),
    Project("la restauration", "une brasserie du centre-ville", "CAP cuisine"),
    Project("la maçonnerie", "une entreprise de rénovation", "CAP maçon"),
    Project("la mécanique automobile", "un garage indépendant", "CAP maintenance des véhicules"),
    Project("les espaces verts", "une entreprise de paysage", "CAP jardinier paysagiste"),
    Project("la menuiserie", "un atelier de menuiserie", "CAP menuisier"),
    Project("la coiffure", "un salon du quartier", "CAP métiers de la coiffure"),
    Project("l’électricité du bâtiment", "une entreprise d’électricité", "titre d’électricien d’équipement"),
    Project("la petite enfance", "une crèche associative", "CAP petite enfance"),
    Project("l’animation", "un centre social", "BAFA puis CPJEPS"),
    Project("l’hôtellerie", "un hôtel près de la gare", "titre d’employé d’étage"),
    Project("le développement web", "une agence numérique", "titre de développeur web"),
    Project("la couture", "un atelier de confection", "CAP métiers de la mode"),
    Project("la fibre optique", "un opérateur de réseaux", "titre d’installateur de réseaux"),
]

# What is written once work, an apprenticeship or a training has begun through a partner.
AFTERWARDS = [
    Note(5, "call", "work", "Premières nouvelles depuis l’entrée : bon accueil, rythme à prendre. Rien à régler.", "Prendre des nouvelles"),
    Note(5, "message", "work", "Message reçu : tout se passe bien, merci pour le coup de pouce.", "Appeler dans le mois"),
    Note(5, "visit", "employers", "Visite sur place, à trois. Savoir-faire : gestes acquis. Savoir-être : ponctualité, écoute.", "Écrire le livret ensemble"),
    Note(5, "call", "mobility", "Point sur les trajets : l’abonnement est pris en charge, les horaires conviennent.", "Vérifier le remboursement"),
    Note(5, "interview", "housing", "Souhaite prendre son indépendance. Dossier de foyer de jeunes travailleurs ouvert.", "Suivre le dossier de foyer"),
    Note(5, "interview", "rights", "Première fiche de paie lue ensemble, prime d’activité simulée.", "Vérifier la prime d’activité"),
    Note(5, "call", "training", "Échange avec le tuteur : progrès réguliers, une évaluation est prévue.", "Demander le résultat de l’évaluation"),
    Note(5, "message", "mobility", "Code de la route en révision le soir, inscription à l’examen envisagée.", "Parler du permis"),
    Note(5, "interview", "work", "Bilan de mi-parcours : objectifs tenus, envie de continuer dans {trade}.", "Préparer la suite du parcours"),
    Note(5, "call", "commitment", "Propose de témoigner devant un groupe de nouveaux inscrits. Date à trouver.", "Fixer la date du témoignage"),
]  # fmt: skip

CONTRACTIONS = {" de le ": " du ", " de les ": " des ", " à le ": " au ", " à les ": " aux "}


def written(text: str, project: Project) -> str:
    """The text about this project, with French's contractions."""
    text = text.format(**project._asdict())
    for apart, together in CONTRACTIONS.items():
        text = text.replace(apart, together)
    return text


WELCOME = [
    "Premier accueil. Souhaite trouver rapidement un emploi, pense à {trade}. Présentation de la Mission Locale.",
    "Premier accueil sans rendez-vous. Projet encore flou, plusieurs idées dont {trade}. Diagnostic à compléter.",
    "Accueil à la suite d’une permanence dans le quartier. Envie de se former, attirance pour {trade}.",
    "Premier entretien. A quitté le lycée en cours d’année, cherche une voie plus concrète, évoque {trade}.",
    "Accueil et inscription. Bonne expression, a déjà fait des remplacements l’été. Veut avancer vers {trade}.",
]

NOTES = [
    Note(1, "interview", "orientation", "Diagnostic : points forts, freins et envies. Le projet vers {trade} se précise.", "Faire le point sur le projet"),
    Note(1, "interview", "orientation", "Échange sur les expériences passées. Aime travailler en équipe et bouger. Test d’intérêts remis pour la prochaine fois.", "Lire ensemble le test d’intérêts"),
    Note(1, "call", "orientation", "Rappel du rendez-vous et des papiers à apporter. A bien reçu le message.", "Recevoir avec les papiers"),
    Note(1, "step", "rights", "Compte France Travail créé ensemble, mot de passe noté dans le carnet.", "Vérifier l’inscription"),
    Note(1, "step", "rights", "Demande de carte d’identité préparée, rendez-vous pris en mairie.", "Demander si la carte est arrivée"),
    Note(1, "interview", "rights", "Présentation du contrat d’engagement : droits, devoirs, allocation. Souhaite y réfléchir quelques jours.", "Reparler du contrat d’engagement"),
    Note(1, "message", "orientation", "Adresse du forum des métiers envoyée, avec la liste des stands utiles.", "Recueillir les impressions du forum"),
    Note(1, "interview", "housing", "Vit chez un ami le temps de trouver. Dossier de demande de logement en foyer commencé.", "Compléter le dossier logement"),
    Note(1, "visit", "commitment", "Rencontre au local de l’association de quartier, où du temps est donné le samedi. Très à l’aise avec le public.", "Valoriser ce bénévolat dans le CV"),
    Note(1, "interview", "training", "Niveau de français et de calcul évalué avec le formateur. Remise à niveau conseillée avant {certificate}.", "Positionner sur la remise à niveau"),
    Note(1, "call", "mobility", "Point sur les déplacements : abonnement de transport à renouveler, pas de permis.", "Aider à renouveler l’abonnement"),
    Note(1, "workshop", "orientation", "Atelier « Mes atouts ». Participe volontiers, repart avec trois qualités et un exemple pour chacune.", ""),
    Note(2, "interview", "work", "CV repris ligne par ligne, expériences d’été ajoutées. Une version courte est prête.", "Relire le CV final"),
    Note(2, "interview", "work", "Lettre de motivation rédigée à deux pour {employer}.", "Demander s’il y a une réponse"),
    Note(2, "workshop", "work", "Atelier CV et lettre. A su présenter son parcours en deux minutes devant le groupe.", ""),
    Note(2, "workshop", "digital", "Atelier numérique : créer une adresse sérieuse, envoyer une candidature, suivre ses réponses.", ""),
    Note(2, "step", "mobility", "Dossier d’aide au permis B monté, devis de l’auto-école joint.", "Suivre la réponse à l’aide au permis"),
    Note(2, "call", "mobility", "Code de la route : deux séries réussies sur trois. Encouragements, inscription à l’examen prévue.", "Fixer la date du code"),
    Note(2, "interview", "mobility", "Calcul du trajet jusqu’à {employer} : cinquante minutes avec une correspondance, faisable.", "Vérifier les horaires de bus"),
    Note(2, "message", "housing", "Foyer de jeunes travailleurs : dossier complet, en attente de la commission.", "Appeler le foyer"),
    Note(2, "step", "housing", "Simulation d’aide au logement faite ensemble, justificatifs listés.", "Envoyer les justificatifs"),
    Note(2, "interview", "apprenticeship", "Calendrier de l’apprentissage expliqué : employeur, CFA, contrat. Cinq employeurs de {trade} à contacter.", "Compter les employeurs contactés"),
    Note(2, "call", "apprenticeship", "Deux employeurs rappelés ensemble. L’un propose un essai d’une journée.", "Savoir comment s’est passé l’essai"),
    Note(2, "step", "apprenticeship", "Inscription à la journée portes ouvertes du CFA. Covoiturage organisé avec un autre jeune.", "Débriefer les portes ouvertes"),
    Note(2, "interview", "training", "Fiche du {certificate} étudiée : rythme, prérequis, rémunération. La motivation est là.", "Déposer le dossier de formation"),
    Note(2, "step", "training", "Dossier d’entrée en formation complété et envoyé. Réunion d’information à venir.", "Préparer la réunion d’information"),
    Note(2, "message", "training", "Convocation à la réunion d’information transmise. A confirmé sa présence par retour.", "Demander le résultat de la réunion"),
    Note(2, "interview", "work", "Simulation d’entretien filmée. Les réponses sont claires ; à travailler : parler moins vite.", "Refaire une simulation"),
    Note(2, "interview", "employers", "Liste de dix entreprises de {trade} établie. Trois candidatures spontanées prêtes à partir.", "Relancer les trois entreprises"),
    Note(2, "step", "rights", "Déclaration trimestrielle remplie ensemble. Sait maintenant la faire depuis son téléphone.", ""),
    Note(2, "interview", "rights", "Budget posé sur une feuille : loyer, téléphone, transports. Demande d’aide ponctuelle déposée.", "Suivre la demande d’aide"),
    Note(2, "call", "commitment", "Intérêt pour une mission de service civique de huit mois. Deux annonces envoyées.", "Choisir une annonce"),
    Note(2, "visit", "employers", "Visite de {employer} avec deux autres jeunes. Questions pertinentes, bon contact avec l’équipe.", "Proposer une immersion à cet employeur"),
    Note(2, "interview", "enterprise", "Idée d’activité à son compte dans {trade}. Premières questions sur le statut et les charges.", "Rencontrer la référente création"),
    Note(2, "interview", "digital", "Prêt d’un ordinateur portable jusqu’à la fin des démarches. Convention de prêt signée.", "Organiser le retour de l’ordinateur"),
    Note(3, "step", "employers", "Convention de PMSMP signée pour une semaine dans {employer}.", "Appeler le tuteur à mi-parcours"),
    Note(3, "call", "employers", "Point à mi-parcours de l’immersion : ponctualité et envie d’apprendre, dit le tuteur.", "Faire le bilan de l’immersion"),
    Note(3, "visit", "employers", "Bilan d’immersion sur place, à trois. Gestes de base acquis, le rythme vient. Le projet vers {trade} est confirmé.", "Chercher la suite de l’immersion"),
    Note(3, "interview", "work", "Inscription dans une agence d’intérim préparée : papiers, références, disponibilités.", "Savoir si l’agence a rappelé"),
    Note(3, "call", "work", "Première mission d’intérim de trois jours dans {trade}. Tout se passe bien, prolongation possible.", "Demander si la mission continue"),
    Note(3, "message", "work", "Mission prolongée de deux semaines. Message enthousiaste reçu avec une photo de l’équipe.", "Faire le point en fin de mission"),
    Note(3, "interview", "work", "Retour sur la mission d’intérim : horaires décalés difficiles, mais envie de continuer dans {trade}.", "Chercher une mission de jour"),
    Note(3, "interview", "apprenticeship", "Journée d’essai réussie dans {employer}. L’employeur demande un délai avant de signer.", "Relancer l’employeur"),
    Note(3, "call", "apprenticeship", "L’employeur ne prendra personne cette année. Déception, mais deux autres pistes à suivre.", "Travailler les deux autres pistes"),
    Note(3, "interview", "training", "Entrée en remise à niveau depuis deux semaines. Assiduité complète, le groupe est porteur.", "Appeler le formateur"),
    Note(3, "call", "training", "Échange avec le formateur : progrès nets à l’écrit, à encourager à l’oral.", "Entretien de mi-parcours"),
    Note(3, "visit", "training", "Visite sur le plateau technique. Premiers travaux montrés, l’encadrant est satisfait.", "Préparer l’examen blanc"),
    Note(3, "interview", "mobility", "Code obtenu du premier coup. Dix heures de conduite financées.", "Suivre les heures de conduite"),
    Note(3, "call", "mobility", "Panne de scooter, trois retards cette semaine. Solution de covoiturage trouvée pour le mois.", "Trouver une solution durable"),
    Note(3, "message", "housing", "Chambre attribuée au foyer à partir du premier du mois. État des lieux à prévoir.", "Préparer l’emménagement"),
    Note(3, "step", "commitment", "Candidature au service civique envoyée, entretien obtenu avec la structure d’accueil.", "Savoir si la mission est confirmée"),
    Note(3, "interview", "commitment", "Membre du comité local des jeunes : a présenté au groupe ses idées pour l’accueil.", ""),
    Note(3, "interview", "enterprise", "Étude de marché faite sur une rue commerçante. Les prix sont à revoir avec un professionnel.", "Rencontrer le parrain"),
    Note(3, "workshop", "employers", "Recrutement sans CV organisé avec trois entreprises. Deux propositions de rendez-vous reçues.", "Savoir comment se sont passés les rendez-vous"),
    Note(3, "interview", "orientation", "Le projet change : {trade} plutôt que l’idée de départ. Raisons solides, plan d’action réécrit.", "Valider le nouveau plan"),
    Note(3, "interview", "orientation", "Point d’étape du contrat d’engagement : objectifs tenus pour l’essentiel, heures d’activité à augmenter.", "Point d’étape suivant"),
    Note(3, "call", "work", "Entretien d’embauche demain : questions probables révisées, trajet vérifié.", "Demander des nouvelles de l’entretien"),
    Note(4, "call", "work", "Candidature retenue : CDD de six mois dans {employer}. Contrat relu ensemble au téléphone.", "Point après la période d’essai"),
    Note(4, "visit", "work", "Premier rendez-vous à trois dans l’entreprise : tâches claires, intégration réussie, horaires respectés.", "Rendez-vous à trois de fin de contrat"),
    Note(4, "message", "work", "Période d’essai validée. Garde le contact, se propose pour témoigner auprès d’autres jeunes.", "Prévoir un témoignage"),
    Note(4, "interview", "apprenticeship", "Contrat d’apprentissage signé, rentrée au CFA confirmée. Équipement de travail financé.", "Appeler après un mois de contrat"),
    Note(4, "call", "apprenticeship", "Un mois de contrat : le maître d’apprentissage est content, les cours de dessin sont difficiles.", "Chercher un soutien scolaire"),
    Note(4, "interview", "training", "Entrée en formation {certificate} confirmée, rémunération ouverte.", "Point après un mois de formation"),
    Note(4, "call", "training", "Formation en cours, première évaluation réussie. Cherche un lieu de stage dans {trade}.", "Aider à trouver le stage"),
    Note(4, "interview", "mobility", "Permis obtenu. Recherche d’un véhicule avec le garage solidaire.", "Suivre la location du véhicule"),
    Note(4, "message", "housing", "Bail signé pour un studio. La garantie Visale a été acceptée.", ""),
    Note(4, "interview", "enterprise", "Activité déclarée, premiers clients. Suivi avec le parrain une fois par mois.", "Point sur le premier trimestre"),
]  # fmt: skip

MISSED = [
    Note(1, "interview", "orientation", "Absence au rendez-vous. Message laissé avec une nouvelle proposition de date."),
    Note(1, "call", "orientation", "Appel sans réponse, message vocal laissé."),
    Note(1, "call", "orientation", "Deux appels dans la journée, sans réponse. SMS envoyé."),
    Note(1, "interview", "orientation", "Rendez-vous manqué, a prévenu après coup. Nouvelle date à fixer."),
]  # fmt: skip

SHARED_WITH_PARTNER = [
    Note(3, "call", "orientation", "Point avec le partenaire et le jeune : les objectifs de la période sont confirmés."),
    Note(3, "visit", "orientation", "Rencontre à trois chez le partenaire. Les étapes et les dates sont notées sur le livret."),
    Note(3, "call", "training", "Le partenaire confirme l’entrée. Transport et tenue de travail sont réglés de notre côté."),
    Note(3, "message", "work", "Disponibilités mises à jour pour le partenaire : tous les jours sauf le mercredi matin."),
]  # fmt: skip

BY_FOUNDATION = [
    Note(3, "interview", "orientation", "Entretien d’entrée : règles de vie, horaires, attentes. Motivation réelle pour {trade}."),
    Note(3, "workshop", "orientation", "Plateau technique découvert ce jour. Gestes précis, pose de bonnes questions."),
    Note(3, "workshop", "training", "Atelier d’expression : présentation devant le groupe, plus d’assurance que la semaine passée."),
    Note(3, "visit", "employers", "Visite sur le lieu de stage. Le tuteur souligne la ponctualité et l’écoute."),
    Note(3, "call", "training", "Deux jours d’absence. Rappel fait, reprise promise pour lundi."),
    Note(3, "interview", "training", "Bilan de mi-parcours : le calcul progresse, un stage dans {trade} est à trouver."),
    Note(3, "interview", "apprenticeship", "Trois employeurs rencontrés, l’un d’eux propose un essai dans {trade}."),
]  # fmt: skip

BY_AGENCY = [
    Note(3, "interview", "work", "Inscription à l’agence faite. Tests de repérage passés, profil adapté à {trade}."),
    Note(3, "call", "work", "Mission proposée pour lundi, six heures du matin. Acceptée."),
    Note(3, "visit", "employers", "Passage chez le client : bonne intégration, consignes de sécurité respectées."),
    Note(3, "call", "work", "Fin de première semaine : le client demande à prolonger."),
    Note(3, "interview", "training", "Demande de financement du CACES envoyée à la branche."),
]  # fmt: skip

GROUP_SESSIONS = [
    Note(2, "workshop", "work", "Séance collective CV et candidature en ligne. Chacun repart avec un CV à jour."),
    Note(2, "workshop", "rights", "Information collective : contrat de travail, fiche de paie, droits des intérimaires."),
    Note(2, "workshop", "mobility", "Atelier mobilité : lire un plan, préparer un trajet, connaître les aides au permis."),
    Note(2, "workshop", "employers", "Rencontre avec deux employeurs qui recrutent. Échanges directs, trois immersions promises."),
    Note(2, "workshop", "digital", "Atelier numérique en groupe : démarches en ligne et sécurité des mots de passe."),
]  # fmt: skip
