"""Pages made of several apps."""

from django.urls import path

from desk.views.gallery import gallery

app_name = "desk"

urlpatterns = [
    path("gallery/", gallery, name="gallery"),
]
