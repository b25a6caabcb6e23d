"""Addresses of agreements, engagements and commitments."""

from django.urls import URLPattern, path

from gyoryu.agreements.views import agreements, duties, lifecycle

AGREEMENTS: list[URLPattern] = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/new/", agreements.agreement_new, name="agreement-new"),
    path("agreements/options/", agreements.agreement_options, name="agreement-options"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/edit/", agreements.agreement_edit, name="agreement-edit"),
    path("agreements/<int:pk>/move/", lifecycle.agreement_move, name="agreement-move"),
    path("agreements/<int:pk>/sign/", lifecycle.agreement_sign, name="agreement-sign"),
    path("agreements/<int:pk>/renew/", lifecycle.agreement_renew, name="agreement-renew"),
    path("agreements/<int:pk>/replace/", lifecycle.agreement_replace, name="agreement-replace"),
    path("agreements/<int:pk>/void/", lifecycle.agreement_void, name="agreement-void"),
    path("agreements/<int:pk>/parties/new/", lifecycle.party_new, name="party-new"),
    path("parties/<int:pk>/remove/", lifecycle.party_remove, name="party-remove"),
    path("parties/<int:pk>/signatories/new/", lifecycle.signatory_new, name="signatory-new"),
    path("signatories/<int:pk>/remove/", lifecycle.signatory_remove, name="signatory-remove"),
    path("duties/", duties.duties, name="duties"),
    path("duties/published/", duties.duties_published, name="duties-published"),
    path("duties/<int:pk>/done/", duties.duty_done, name="duty-done"),
    path("duties/<int:pk>/waive/", duties.duty_waive, name="duty-waive"),
    path("duties/<int:pk>/owner/", duties.duty_owner, name="duty-owner"),
    path("policy/", duties.policy, name="policy"),
    path("policy/new/", duties.policy_new, name="policy-new"),
    path("policy/install/", duties.policy_install, name="policy-install"),
    path("policy/<int:pk>/", duties.policy_edit, name="policy-edit"),
]
ENGAGEMENTS: list[URLPattern] = []
COMMITMENTS: list[URLPattern] = []
urlpatterns = [*AGREEMENTS, *ENGAGEMENTS, *COMMITMENTS]
