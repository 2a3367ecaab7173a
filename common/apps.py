from django.apps import AppConfig

from common import among, checks  # noqa: F401  (registers the lookup and the system check)


class CommonConfig(AppConfig):
    name = "common"
