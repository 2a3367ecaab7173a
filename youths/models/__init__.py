from youths.models.accompaniment import Accompaniment, Participation, PassedNote
from youths.models.external_id import ExternalId
from youths.models.follow_up import FollowUp, ReferentAssignment, TeamMember
from youths.models.reminder import Reminder
from youths.models.share import SHAREABLE, Share, fields_shareable, fields_shareable_of
from youths.models.youth import Youth
from youths.models.youth_import import ColumnMapping, YouthImport
from youths.models.youth_queryset import is_own_file

__all__ = [
    "SHAREABLE",
    "Accompaniment",
    "ColumnMapping",
    "ExternalId",
    "FollowUp",
    "Participation",
    "PassedNote",
    "ReferentAssignment",
    "Reminder",
    "Share",
    "TeamMember",
    "Youth",
    "YouthImport",
    "fields_shareable",
    "fields_shareable_of",
    "is_own_file",
]
