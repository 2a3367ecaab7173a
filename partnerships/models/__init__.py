from partnerships.models.agreement import Agreement
from partnerships.models.agreement_queryset import AgreementQuerySet
from partnerships.models.choices import AgreementKind, FieldOfAction, Phase
from partnerships.models.offer import ServiceOffer
from partnerships.models.party import Adhesion, Party, Signatory
from partnerships.models.practice import Practice
from partnerships.models.theme import Theme, ThemeReferent

__all__ = [
    "Adhesion",
    "Agreement",
    "AgreementKind",
    "AgreementQuerySet",
    "FieldOfAction",
    "Party",
    "Phase",
    "Practice",
    "ServiceOffer",
    "Signatory",
    "Theme",
    "ThemeReferent",
]
