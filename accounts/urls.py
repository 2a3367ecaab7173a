from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    # Before allauth's, which would let anyone change it.
    path("accounts/email/", views.address, name="address"),
    path("member/", views.membership_switch, name="membership_switch"),
]
