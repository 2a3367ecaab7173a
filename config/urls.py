"""Every address of the site. An app's own addresses stand in its urls.py."""

from importlib.util import find_spec

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from common import health

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("accounts/", include("allauth.urls")),
]
for app in ("accounts", "desk", "youths", "referrals", "partnerships", "evaluations"):
    if find_spec(f"{app}.urls"):
        urlpatterns.append(path("", include(f"{app}.urls")))
if find_spec("config.api"):
    urlpatterns.append(path("api/v1/", include("config.api")))

handler400 = "common.http.bad_request"
handler404 = "common.http.page_not_found"
handler500 = "common.http.server_error"
