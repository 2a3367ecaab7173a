from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("accounts/email/", views.address, name="address"),  # before allauth's, which would let anyone change it
    path("member/", views.membership_switch, name="membership_switch"),
]
