"""Writes in a young person's file. The file itself is a page of several apps: desk."""

from django.urls import path

from youths.imports import views as imports
from youths.views import contact, document, follow_up, passing, youth

app_name = "youths"

urlpatterns = [
    path("youths/duplicates/", youth.youth_duplicates, name="youth_duplicates"),
    path("youths/new/", youth.youth_create, name="youth_create"),
    path("youths/import/", imports.import_create, name="import_create"),
    path("youths/import/<uuid:pk>/", imports.import_detail, name="import_detail"),
    path("youths/import/<uuid:pk>/columns/", imports.import_columns, name="import_columns"),
    path("youths/import/<uuid:pk>/words/", imports.import_words, name="import_words"),
    path("youths/import/<uuid:pk>/write/", imports.import_write, name="import_write"),
    path("youths/import/<uuid:pk>/continue/", imports.import_continue, name="import_continue"),
    path("youths/import/<uuid:pk>/leave/", imports.import_leave, name="import_leave"),
    path("youths/import/<uuid:pk>/refused/", imports.import_refused, name="import_refused"),
    path("youths/<uuid:pk>/edit/", youth.youth_edit, name="youth_edit"),
    path("youths/<uuid:pk>/follow-up/", follow_up.follow_up_open, name="follow_up_open"),
    path("youths/<uuid:pk>/follow-up/close/", follow_up.follow_up_close, name="follow_up_close"),
    path("youths/<uuid:pk>/referent/", follow_up.referent_change, name="referent_change"),
    path("youths/<uuid:pk>/team/join/", follow_up.team_join, name="team_join"),
    path("youths/<uuid:pk>/team/leave/", follow_up.team_leave, name="team_leave"),
    path("youths/<uuid:pk>/accompaniments/", contact.accompaniment_create, name="accompaniment_create"),
    path("youths/<uuid:pk>/documents/new/", document.document_create, name="document_create"),
    path("reminders/<uuid:pk>/settle/", contact.reminder_settle, name="reminder_settle"),
    path("reminders/<uuid:pk>/postpone/", contact.reminder_postpone, name="reminder_postpone"),
    path("accompaniments/<uuid:pk>/readers/", passing.note_readers, name="note_readers"),
    path("accompaniments/<uuid:pk>/pass-on/", passing.note_pass_on, name="note_pass_on"),
    path("accompaniments/<uuid:pk>/take-back/", passing.note_take_back, name="note_take_back"),
    path("contacts/new/", contact.contact_create, name="contact_create"),
]
