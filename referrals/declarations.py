"""What the tables of referrals say of themselves."""

from accounts.declared import Kept, Record

DECLARED = {
    "Referral": Record(
        kept=Kept.FILE, api="referrals", exported="referrals:referral_export", timeline="referral_sent"
    ),
}
