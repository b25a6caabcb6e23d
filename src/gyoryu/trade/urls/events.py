"""Addresses of events, places, participants, interpreters."""

from django.urls import URLPattern, path, register_converter

from gyoryu.trade.views import events, exhibits, invitations, legs, my_events, participants


class Side:
    """One of the two sides of an event."""

    regex = "exhibitor|buyer"

    def to_python(self, value: str) -> str:
        """Return the side."""
        return value

    def to_url(self, value: str) -> str:
        """Write the side."""
        return value


register_converter(Side, "side")

PATTERNS: list[URLPattern] = [
    path("events/", events.events, name="events"),
    path("events/new/", events.event_new, name="event-new"),
    path("events/options/", events.event_options, name="event-options"),
    path("events/<int:pk>/", events.event, name="event"),
    path("events/<int:pk>/edit/", events.event_edit, name="event-edit"),
    path("events/<int:pk>/step/", events.event_step, name="event-step"),
    path("events/<int:pk>/copy/", events.event_copy, name="event-copy"),
    path(
        "events/<int:pk>/results/confirm/", events.event_results_confirm,
        name="event-results-confirm",
    ),
    path("events/<int:pk>/catalogue/", events.event_catalogue, name="event-catalogue"),
    path("events/<int:pk>/void/", events.event_void, name="event-void"),
    path("events/<int:pk>/places/new/", legs.leg_new, name="leg-new"),
    path("event-places/<int:pk>/edit/", legs.leg_edit, name="leg-edit"),
    path("event-places/<int:pk>/remove/", legs.leg_remove, name="leg-remove"),
    path("event-places/<int:pk>/half-days/", legs.lay_out, name="leg-half-days"),
    path("event-places/<int:pk>/interpreters/new/", legs.interpreter_new, name="interpreter-new"),
    path("half-days/<int:pk>/edit/", legs.half_day_edit, name="half-day-edit"),
    path("half-days/<int:pk>/remove/", legs.half_day_remove, name="half-day-remove"),
    path("interpreters/<int:pk>/edit/", legs.interpreter_edit, name="interpreter-edit"),
    path("interpreters/<int:pk>/remove/", legs.interpreter_remove, name="interpreter-remove"),
    path("events/<int:pk>/participants/", participants.participants, name="event-participants"),
    path("events/<int:pk>/participants/new/<side:side>/", participants.participant_new,
         name="event-participant-new"),
    path("events/<int:pk>/take-over/", participants.take_over, name="event-take-over"),
    path("events/<int:pk>/invite/", invitations.invite_all, name="event-invite"),
    path("event-participants/<int:pk>/", participants.participant, name="participant"),
    path("event-participants/<int:pk>/edit/", participants.participant_edit,
         name="event-participant-edit"),
    path("event-participants/<int:pk>/step/", participants.participant_step,
         name="participant-step"),
    path("event-participants/<int:pk>/void/", participants.participant_void,
         name="participant-void"),
    path("event-participants/<int:pk>/times/", participants.participant_times,
         name="participant-times"),
    path("event-participants/<int:pk>/invite/", invitations.invite, name="participant-invite"),
    path("event-participants/<int:pk>/link/", invitations.link, name="participant-link"),
    path("event-participants/<int:pk>/link/renew/", invitations.link_renew,
         name="participant-link-renew"),
    path("event-participants/<int:pk>/products/new/", exhibits.exhibit_new, name="exhibit-new"),
    path("exhibits/<int:pk>/edit/", exhibits.exhibit_edit, name="exhibit-edit"),
    path("exhibits/<int:pk>/remove/", exhibits.exhibit_remove, name="exhibit-remove"),
    path("my/events/", my_events.my_events, name="my-events"),
    path("my/events/<int:pk>/", my_events.my_event, name="my-event"),
    path("my/events/<int:pk>/contact/", my_events.my_contact, name="my-event-contact"),
    path("my/events/<int:pk>/times/", my_events.my_times, name="my-event-times"),
    path("my/events/<int:pk>/products/new/", my_events.my_product_new, name="my-exhibit-new"),
    path("my/exhibits/<int:pk>/edit/", my_events.my_product_edit, name="my-exhibit-edit"),
    path("my/exhibits/<int:pk>/remove/", my_events.my_product_remove, name="my-exhibit-remove"),
]  # fmt: skip
