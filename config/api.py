"""The addresses of the REST API. Each resource stands in its app's api.py."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ViewSet

from accounts.api import Organisations, People
from accounts.resources import Strict
from config.api_schema import Documentation, Schema
from evaluations.api import Evaluations, Reports
from exchange.documents.api import Documents
from exchange.threads.api import Messages
from partnerships.api import Agreements, ServiceOffers
from referrals.api import Referrals
from youths.api import Accompaniments, FollowUps, Youths

app_name = "api"
router = SimpleRouter(use_regex_path=False)
router.register("organisations", Organisations, "organisation")
router.register("people", People, "person")
router.register("service-offers", ServiceOffers, "service-offer")
router.register("agreements", Agreements, "agreement")
router.register("youths", Youths, "youth")
router.register("follow-ups", FollowUps, "follow-up")
router.register("accompaniments", Accompaniments, "accompaniment")
router.register("referrals", Referrals, "referral")
router.register("documents", Documents, "document")
router.register("messages", Messages, "message")
router.register("evaluations", Evaluations, "evaluation")
router.register("reports", Reports, "report")

ADDRESS = {"type": "string", "format": "uri"}
ADDRESSES = {
    "type": "object",
    "properties": {prefix: ADDRESS for prefix, _resource, _name in router.registry},
    "additionalProperties": False,
}


class Root(Strict, ViewSet):
    """Where a program begins: the resources that this caller has, and their addresses."""

    sentences = {"list": _("The addresses of the resources of which the caller may have records.")}

    @extend_schema(responses={200: ADDRESSES})
    def list(self, request):
        return Response(
            {
                prefix: request.build_absolute_uri(reverse(f"api:{basename}-list"))
                for prefix, resource, basename in router.registry
                if not resource().rows(request.member).query.is_empty()
            }
        )


urlpatterns = [
    path("", Root.as_view({"get": "list"}), name="root"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Documentation.as_view(), name="documentation"),
    *router.urls,
]
