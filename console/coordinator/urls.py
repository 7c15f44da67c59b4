"""Addresses of the coordinator's pages, one block for each noun."""

from django.urls import path

from console.coordinator import agreement_views as agreement
from console.coordinator import bench_views as bench
from console.coordinator import calendar_views as calendar
from console.coordinator import contact_views as contacts
from console.coordinator import exception_views as exceptions
from console.coordinator import hours_views as hours
from console.coordinator import load_views as load
from console.coordinator import parked_views as parked
from console.coordinator import queue_views as queues
from console.coordinator import rota_views as rota
from console.coordinator import rule_views as rules
from console.coordinator import shift_views as shifts
from console.coordinator import term_views as terms
from console.coordinator import worker_views as workers

urlpatterns = [
    path("load", load.listing, name="console_load"),
    path("load/now", load.now, name="console_load_now"),
    path("parked", parked.listing, name="console_parked"),
    path("parked/<int:ticket>", parked.one, name="console_parked_one"),
    path("hours", hours.listing, name="console_hours"),
    path("hours/<str:channel>/<str:code>", hours.sheet, name="console_hours_sheet"),
    path("exceptions", exceptions.listing, name="console_exceptions"),
    path("exceptions/new", exceptions.new, name="console_exception_new"),
    path("exceptions/<int:pk>", exceptions.one, name="console_exception"),
    path("school-calendar", calendar.listing, name="console_calendar"),
    path("school-calendar/import", calendar.bring_in, name="console_calendar_import"),
    path("school-calendar/<int:pk>/remove", calendar.remove, name="console_break_remove"),
    path("queues", queues.listing, name="console_queues"),
    path("queues/new", queues.new, name="console_queue_new"),
    path("queues/<int:pk>", queues.one, name="console_queue"),
    path("rota", rota.listing, name="console_rota"),
    path("rota/new", rota.new, name="console_shift_new"),
    path("rota/<int:pk>", rota.one, name="console_shift"),
    path("my-shifts", shifts.listing, name="console_my_shifts"),
    path("my-shifts/calendar", shifts.calendar, name="console_my_calendar"),
    path("my-shifts/<int:pk>", shifts.act, name="console_my_shift"),
    path("calendar/<str:token>.ics", shifts.subscription, name="console_feed"),
    path("workers", workers.listing, name="console_workers"),
    path("workers/<int:pk>", workers.one, name="console_worker"),
    path("contacts", contacts.listing, name="console_contacts"),
    path("contacts/new", contacts.new, name="console_contact_new"),
    path("contacts/<str:key>", contacts.one, name="console_contact"),
    path("terms", terms.listing, name="console_terms"),
    path("terms/new", terms.new, name="console_term_new"),
    path("terms/<str:key>", terms.one, name="console_term"),
    path("bench", bench.bench, name="console_bench"),
    path("agreement", agreement.listing, name="console_agreement"),
    path("rules", rules.listing, name="console_rules"),
    path("rules/signs", rules.signs, name="console_rules_signs"),
    path("rules/<str:part>", rules.chapter, name="console_rules_part"),
    path("rules/<str:room>/<str:name>", rules.words, name="console_rules_words"),
]
