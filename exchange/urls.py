from django.urls import path

from exchange.calendars import views as calendars

app_name = "exchange"

urlpatterns = [
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/revoke/", calendars.calendar_revoke, name="calendar_revoke"),
    path("calendar/<str:secret>.ics", calendars.calendar_feed, name="calendar_feed"),
]
