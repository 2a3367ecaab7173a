"""The description of the API (OpenAPI 3.1) and the page that makes it readable."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.exceptions import NotAuthenticated

# Swagger UI writes style attributes and shows icons as data: addresses; its script comes from our own host.
POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-ancestors": [NONE],
    "form-action": [SELF],
    "base-uri": [NONE],
}

CONVENTIONS = [
    _("Send `Authorization: Bearer` with your token; signed in, the browser’s session works too."),
    _("Moments are in UTC, and other records are named by their `id`."),
    _("Follow `next` and `previous` from page to page; a cursor is not to be taken apart."),
    _("Errors are problem documents (RFC 9457), with sentences by field under `errors`."),
    _("What you may not see does not exist: it answers 404."),
    _("To change a record, send the `ETag` that you read as `If-Match`."),
    _("A method that is not described at an address answers 405, and `Allow` names those that are."),
    _("`Idempotency-Key` is not offered yet and refused (400): give a record its `id`, and it is made once."),
]


class Schema(SpectacularAPIView):
    """JSON by `Accept` or `?format=json`, YAML otherwise."""

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.custom_settings = {"DESCRIPTION": " ".join(str(sentence) for sentence in CONVENTIONS)}


@method_decorator(csp_replace(POLICY), name="dispatch")
class Documentation(SpectacularSwaggerSplitView):
    """A page for people: who is not signed in is asked to."""

    url_name = "api:schema"

    def handle_exception(self, exc):
        if isinstance(exc, NotAuthenticated):
            return redirect_to_login(self.request.get_full_path())
        return super().handle_exception(exc)


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.authentication.ApiTokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "accounts.authentication.BrowserSession"
    name = "session"

    def get_security_definition(self, auto_schema):
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": settings.SESSION_COOKIE_NAME,
            "description": "Writes also need X-CSRFToken.",
        }
