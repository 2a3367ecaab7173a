from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("member/", views.membership_switch, name="membership_switch"),
]
