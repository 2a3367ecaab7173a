"""Addresses of what goes out and comes in."""

from django.urls import path

from exchange.account import views as account
from exchange.calendars import views as calendars
from exchange.deliveries import views as deliveries
from exchange.documents import views as documents
from exchange.exports import views as exports
from exchange.links.views import link_blocked, link_code, link_code_send, link_open
from exchange.saved import views as saved
from exchange.staff.views import heads, joining, staff, undelivered

app_name = "exchange"

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/address/", account.address_change, name="address_change"),
    path("account/address/withdraw/", account.address_withdraw, name="address_withdraw"),
    path("links/<uuid:pk>/code/", link_code, name="link_code"),
    path("links/<uuid:pk>/code/send/", link_code_send, name="link_code_send"),
    path("links/<uuid:pk>/blocked/", link_blocked, name="link_blocked"),
    path("links/<uuid:pk>/address/", account.address_confirm, name="address_confirm"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/revoke/", calendars.calendar_revoke, name="calendar_revoke"),
    path("calendar/<str:secret>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("links/", link_open, name="link_open"),
    path("links/<uuid:pk>/invitation/", joining.invitation_answer, name="invitation_answer"),
    path("organisations/<uuid:pk>/head/", heads.head_create, name="head_create"),
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/undelivered/", undelivered.undelivered_list, name="undelivered_list"),
    path("staff/undelivered/<uuid:pk>/again/", undelivered.undelivered_again, name="undelivered_again"),
    path("staff/invite/", staff.invitation_create, name="invitation_create"),
    path("staff/<uuid:pk>/", staff.member_change, name="member_change"),
    path("staff/invitations/<uuid:pk>/resend/", staff.invitation_resend, name="invitation_resend"),
    path("staff/invitations/<uuid:pk>/revoke/", staff.invitation_revoke, name="invitation_revoke"),
    path("documents/<uuid:pk>/file/", documents.document_file, name="document_file"),
    path("documents/<uuid:pk>/replace/", documents.document_replace, name="document_replace"),
    path("exports/<uuid:pk>/", exports.export_detail, name="export_detail"),
    path("exports/<uuid:pk>/file/", exports.export_file, name="export_file"),
    path("exports/<uuid:pk>/cancel/", exports.export_cancel, name="export_cancel"),
    path("documents/<uuid:pk>/withdraw/", documents.document_withdraw, name="document_withdraw"),
    path("notices/", deliveries.notice_list, name="notice_list"),
    path("notices/read/", deliveries.notices_read, name="notices_read"),
    path("notices/<uuid:pk>/", deliveries.notice_open, name="notice_open"),
    path("notices/<uuid:pk>/read/", deliveries.notice_read, name="notice_read"),
    path("account/notices/", deliveries.preferences, name="preferences"),
    path("views/new/", saved.saved_view_create, name="saved_view_create"),
    path("views/<uuid:pk>/", saved.saved_view_open, name="saved_view_open"),
    path("views/<uuid:pk>/change/", saved.saved_view_change, name="saved_view_change"),
    path("views/<uuid:pk>/delete/", saved.saved_view_delete, name="saved_view_delete"),
]
