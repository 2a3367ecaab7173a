from youths.models.accompaniment import Accompaniment, PassedNote
from youths.models.follow_up import FollowUp, ReferentAssignment, TeamMember
from youths.models.share import SHAREABLE, Share, fields_shareable_of
from youths.models.youth import Youth

__all__ = [
    "SHAREABLE",
    "Accompaniment",
    "FollowUp",
    "PassedNote",
    "ReferentAssignment",
    "Share",
    "TeamMember",
    "Youth",
    "fields_shareable_of",
]
