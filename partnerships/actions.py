"""Writes that touch several models of agreements."""

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import changes
from accounts.models import Organisation
from common.errors import NotPermitted
from partnerships.models import Agreement, AgreementKind, Party, Signatory
from partnerships.models.choices import LONGEST_INTERIM


@transaction.atomic
def propose_interim(
    *, by, partner: Organisation, shared_fields, months=LONGEST_INTERIM, record_id=None
) -> Agreement:
    """Offer a partner an interim accord: fields listed, six months at most, in force once it confirms.

    The proposal is this side's confirmation. A double click gives back the first click's accord.
    Raises `NotPermitted` for anyone but a director or lead agent.
    """
    agreement = Agreement(
        id=record_id or uuid.uuid4(),
        kind=AgreementKind.INTERIM,
        lead_organisation=by.organisation,
        title=_("Interim accord with %(partner)s") % {"partner": partner},
        term_months=months,
        shared_fields=list(shared_fields),
    )
    stored = changes.create(agreement, by=by)
    if stored is not agreement:
        return stored
    own, other = (
        Party.objects.create(agreement=agreement, organisation=o) for o in (by.organisation, partner)
    )
    if not agreement.sides_of(by):
        raise NotPermitted(_("A director or a lead agent proposes an interim accord."))
    signatures = [(own, str(by)), (other, "")]
    for order, (party, name) in enumerate(signatures, start=1):
        Signatory.objects.create(
            agreement=agreement, party=party, name=name, capacity=_("Direction"), order=order
        )
    agreement.open(by=by)
    agreement.submit(by=by)
    agreement.sign(by=by, signatory=agreement.signatories.get(party=own))
    return agreement
