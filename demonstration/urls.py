"""Addresses that exist in the demonstration alone."""

from django.urls import path

from demonstration import views

app_name = "demonstration"

urlpatterns = [
    path("demonstration/mail/", views.mail_list, name="mail_list"),
    path("demonstration/mail/<slug:name>/", views.mail_text, name="mail_text"),
    path("demonstration/mail/<slug:name>/html/", views.mail_html, name="mail_html"),
]
