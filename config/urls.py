"""Every address of the site. An app's own addresses stand in its urls.py."""

from django.urls import include, path

from accounts.views import language
from common import health

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("exchange.urls")),
    path("", include("partnerships.urls")),
    path("", include("youths.urls")),
    path("", include("referrals.urls")),
    path("", include("evaluations.urls")),
    path("", include("desk.urls")),
    path("", include("demonstration.urls")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("config.api")),
    path("language/", language, name="set_language"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
]

handler400 = "common.http.bad_request"
handler404 = "common.http.page_not_found"
handler500 = "common.outage.server_error"
