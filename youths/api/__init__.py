from youths.api.accompaniment import Accompaniments
from youths.api.youth import FollowUps, Youths

__all__ = ["Accompaniments", "FollowUps", "Youths"]
