"""Addresses of referrals; making one begins at a young person's file."""

from django.urls import path

from exchange.exports.views import exported
from referrals.exports import REFERRALS
from referrals.views import creation, document, message, referral

app_name = "referrals"

urlpatterns = [
    path("youths/<uuid:pk>/refer/", creation.referral_create, name="referral_create"),
    path("referrals/", referral.referral_list, name="referral_list"),
    path("referrals/export/", exported(REFERRALS), name="referral_export"),
    path("referrals/<uuid:pk>/", referral.referral_detail, name="referral_detail"),
    path("referrals/<uuid:pk>/contacts/", referral.contact_create, name="contact_create"),
    path("referrals/<uuid:pk>/documents/new/", document.document_create, name="document_create"),
    path("referrals/<uuid:pk>/messages/", message.message_list, name="message_list"),
    path("referrals/<uuid:pk>/<slug:step>/", referral.referral_step, name="referral_step"),
]
