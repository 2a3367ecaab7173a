"""Pages made of several apps."""

from django.urls import path

from desk.exports import CASELOAD, IMPORT_SHEET
from desk.views.agreement_page import agreement_page
from desk.views.caseload import caseload
from desk.views.find import find
from desk.views.gallery import gallery
from desk.views.home import home
from desk.views.interim import interim_create
from desk.views.leaving import member_dates, member_end
from desk.views.organisation import organisation_close, organisation_page, organisation_reopen
from desk.views.youth_file import youth_documents, youth_file, youth_identity
from exchange.exports.views import exported

app_name = "desk"

urlpatterns = [
    path("", home, name="home"),
    path("find/", find, name="find"),
    path("youths/", caseload, name="caseload"),
    path("youths/export/", exported(CASELOAD), name="caseload_export"),
    path("youths/sheet/", exported(IMPORT_SHEET), name="caseload_sheet"),
    path("youths/<uuid:pk>/", youth_file, name="youth_file"),
    path("youths/<uuid:pk>/identity/", youth_identity, name="youth_identity"),
    path("youths/<uuid:pk>/documents/", youth_documents, name="youth_documents"),
    path("agreements/interim/", interim_create, name="interim_create"),
    path("agreements/<uuid:pk>/", agreement_page, name="agreement_page"),
    path("organisations/<uuid:pk>/", organisation_page, name="organisation_page"),
    path("organisations/<uuid:pk>/close/", organisation_close, name="organisation_close"),
    path("organisations/<uuid:pk>/reopen/", organisation_reopen, name="organisation_reopen"),
    path("staff/<uuid:pk>/dates/", member_dates, name="member_dates"),
    path("staff/<uuid:pk>/end/", member_end, name="member_end"),
    path("gallery/", gallery, name="gallery"),
]
