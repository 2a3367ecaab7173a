from django.apps import AppConfig

from common import checks  # noqa: F401  (registers the system check)


class CommonConfig(AppConfig):
    name = "common"
