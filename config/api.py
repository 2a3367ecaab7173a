"""The addresses of the REST API. Each resource stands in its app's api.py."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from accounts.api import Organisations, People
from config.api_schema import Documentation, Schema
from evaluations.api import Evaluations, Reports
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
router.register("evaluations", Evaluations, "evaluation")
router.register("reports", Reports, "report")

urlpatterns = [
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Documentation.as_view(), name="documentation"),
    *router.urls,
]
