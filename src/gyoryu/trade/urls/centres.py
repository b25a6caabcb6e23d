"""Addresses of overseas business centres, enquiries and leads."""

from django.urls import URLPattern, path

from gyoryu.trade.views import centres, enquiries, leads, my_centres

PATTERNS: list[URLPattern] = [
    path("centres/", centres.centres, name="centres"),
    path("centres/new/", centres.centre_new, name="centre-new"),
    path("centres/<int:pk>/", centres.centre, name="centre"),
    path("centres/<int:pk>/edit/", centres.centre_edit, name="centre-edit"),
    path("centres/<int:pk>/close/", centres.centre_close, name="centre-close"),
    path("centres/<int:pk>/posts/new/", centres.post_new, name="post-new"),
    path("centres/<int:pk>/posts/<int:post>/end/", centres.post_end, name="post-end"),
    path("centres/<int:pk>/costs/", centres.centre_costs, name="centre-costs"),
    path("centres/<int:pk>/costs/edit/", centres.centre_costs_edit, name="centre-costs-edit"),
    path("centres/<int:pk>/results/", centres.centre_results, name="centre-results"),
    path("centres/<int:pk>/ask/", my_centres.centre_ask, name="centre-ask"),
    path("centres/<int:pk>/asked/", my_centres.centre_asked, name="centre-asked"),
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("enquiries/new/", enquiries.enquiry_new, name="enquiry-new"),
    path("enquiries/<int:pk>/", enquiries.enquiry, name="enquiry"),
    path("enquiries/<int:pk>/edit/", enquiries.enquiry_edit, name="enquiry-edit"),
    path("enquiries/<int:pk>/answer/", enquiries.enquiry_answer, name="enquiry-answer"),
    path("enquiries/<int:pk>/match/", enquiries.enquiry_match, name="enquiry-match"),
    path("enquiries/<int:pk>/close/", enquiries.enquiry_close, name="enquiry-close"),
    path("enquiries/<int:pk>/void/", enquiries.enquiry_void, name="enquiry-void"),
    path("enquiries/<int:pk>/forget/", enquiries.enquiry_forget, name="enquiry-forget"),
    path("leads/", leads.leads, name="leads"),
    path("leads/new/", leads.lead_new, name="lead-new"),
    path("leads/<int:pk>/", leads.lead, name="lead"),
    path("leads/<int:pk>/edit/", leads.lead_edit, name="lead-edit"),
    path("leads/<int:pk>/move/", leads.lead_move, name="lead-move"),
    path("leads/<int:pk>/void/", leads.lead_void, name="lead-void"),
    path("my/centres/", my_centres.my_centres, name="my-centres"),
    path("my/centres/<int:pk>/ask/", my_centres.my_enquiry_new, name="my-enquiry-new"),
    path("my/enquiries/<int:pk>/", my_centres.my_enquiry, name="my-enquiry"),
]
