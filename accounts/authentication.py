"""Who calls the API: a client with a token, or a person with the browser's session."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission

from accounts.models import ApiToken
from accounts.models.api_token import digest
from common import clock
from common.prepared import Prepared


@Prepared
def usable_token(*, digest, now) -> QuerySet:
    tokens = ApiToken.objects.usable(now).select_related("membership__user", "membership__organisation")
    return tokens.filter(digest=digest)


class ApiTokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer TOKEN`. The token's membership becomes the actor."""

    keyword = b"bearer"

    def authenticate(self, request):
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != self.keyword:
            return None
        secret = words[1].decode("utf-8", "replace") if len(words) == 2 else ""
        found = usable_token.rows(digest=digest(secret), now=clock.now())
        if not found:
            raise AuthenticationFailed(_("This token is unknown, expired or revoked."))
        (token,) = found
        token.note_use()
        request._request.member = token.membership
        return token.membership.user, token

    def authenticate_header(self, request):
        return "Bearer"


class BrowserSession(SessionAuthentication):
    """The session of the pages, with its cross-site check."""

    def authenticate_header(self, request):
        return "Session"


class ActsForAnOrganisation(BasePermission):
    """A caller acts through a membership; a token only within its scopes."""

    message = _("This token’s scopes do not permit that.")

    def has_permission(self, request, view):
        if request.member is None:
            return False
        if not isinstance(request.auth, ApiToken):
            return True
        return ("read" if request.method in SAFE_METHODS else "write") in request.auth.scopes
