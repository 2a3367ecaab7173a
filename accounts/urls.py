from django.urls import path, re_path

from accounts import views
from accounts.organisations import views as organisations

app_name = "accounts"

urlpatterns = [
    # Before allauth's, which would let anyone change it.
    path("accounts/email/", views.address, name="address"),
    # Before allauth's too, whose links lead here: it does not get to know the device.
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPassword.as_view(),
        name="new_password",
    ),
    # Before allauth's, which leaves those signed in who never showed a code.
    path("accounts/2fa/totp/activate/", views.NewFactor.as_view(), name="new_factor"),
    path("accounts/sessions/", views.session_list, name="session_list"),
    path("organisations/", organisations.organisation_list, name="organisation_list"),
    path("organisations/new/", organisations.organisation_create, name="organisation_create"),
    path("organisations/<uuid:pk>/change/", organisations.organisation_change, name="organisation_change"),
    path("organisations/<uuid:pk>/sites/", organisations.site_save, name="site_save"),
    path("session/", views.session, name="session"),
    path("session/resumed/", views.session_resumed, name="session_resumed"),
    path("member/", views.membership_switch, name="membership_switch"),
]
