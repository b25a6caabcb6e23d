"""Addresses of regions, organisations and people."""

from django.urls import path

from gyoryu.parties.views import merging, organisations, people, regions

REGIONS = [
    path("regions/", regions.regions, name="regions"),
    path("regions/new/", regions.region_new, name="region-new"),
    path("regions/options/", regions.region_options, name="region-options"),
    path("regions/<int:pk>/", regions.region, name="region"),
    path("regions/<int:pk>/edit/", regions.region_edit, name="region-edit"),
]
ORGANISATIONS = [
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.organisation_new, name="organisation-new"),
    path("organisations/options/", organisations.organisation_options, name="organisation-options"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/edit/", organisations.organisation_edit, name="organisation-edit"),
    path("organisations/<int:pk>/void/", organisations.organisation_void, name="organisation-void"),
    path("organisations/<int:pk>/contact/", organisations.contact_new, name="organisation-contact"),
    path("organisations/<int:pk>/exports/", organisations.exports_new, name="organisation-exports"),
    path("organisations/<int:pk>/product/", organisations.product_new, name="organisation-product"),
    path("contacts/<int:pk>/remove/", organisations.contact_remove, name="contact-remove"),
    path("exports/<int:pk>/remove/", organisations.exports_remove, name="exports-remove"),
    path("products/<int:pk>/remove/", organisations.product_remove, name="product-remove"),
    path("alias/<str:kind>/<int:pk>/", organisations.alias_new, name="alias-new"),
    path("alias/<str:kind>/<int:pk>/drop/", organisations.alias_drop, name="alias-drop"),
]
PEOPLE = [
    path("people/", people.people, name="people"),
    path("people/new/", people.person_new, name="person-new"),
    path("people/options/", people.person_options, name="person-options"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("people/<int:pk>/void/", people.person_void, name="person-void"),
    path("people/<int:pk>/contact/", people.person_contact, name="person-contact"),
    path("people/<int:pk>/position/", people.position_new, name="position-new"),
    path("positions/options/", people.position_options, name="position-options"),
    path("positions/<int:pk>/edit/", people.position_edit, name="position-edit"),
    path("positions/<int:pk>/end/", people.position_end, name="position-end"),
]
MERGING = [
    path("doubles/", merging.doubles, name="doubles"),
    path("doubles/look/", merging.doubles_look, name="doubles-look"),
    path("doubles/<int:pk>/apart/", merging.double_dismiss, name="double-dismiss"),
    path("merge/", merging.merge, name="merge"),
    path("merges/<int:pk>/", merging.merge_done, name="merge-done"),
    path("merges/<int:pk>/undo/", merging.merge_undo, name="merge-undo"),
]
urlpatterns = [*REGIONS, *ORGANISATIONS, *PEOPLE, *MERGING]
