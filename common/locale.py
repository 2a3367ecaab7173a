"""Which language a page speaks."""

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers


class FrenchUnlessChosen:
    """The language chosen by cookie, else French. Django's rule would follow browsers, often English ones."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response
