from referrals.models.choices import DeclineReason, Informed, Outcome, Urgency
from referrals.models.referral import Referral
from referrals.models.referral_queryset import ReferralQuerySet

__all__ = ["DeclineReason", "Informed", "Outcome", "Referral", "ReferralQuerySet", "Urgency"]
