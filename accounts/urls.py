from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    # Before allauth's, which would let anyone change it.
    path("accounts/email/", views.address, name="address"),
    path("accounts/sessions/", views.session_list, name="session_list"),
    path("session/", views.session, name="session"),
    path("session/resumed/", views.session_resumed, name="session_resumed"),
    path("member/", views.membership_switch, name="membership_switch"),
]
