"""Addresses of awards, claims and payments, at the desk and among an awardee's own."""

from django.urls import URLPattern, path

from gyoryu.programmes.views import amendments, awards, claims, my_claims, payments

PATTERNS: list[URLPattern] = [
    path("awards/", awards.awards, name="awards"),
    path("awards/new/", awards.award_new, name="award-new"),
    path("awards/<int:pk>/", awards.award, name="award"),
    path("awards/<int:pk>/sign/", awards.award_sign, name="award-sign"),
    path("awards/<int:pk>/cancel/", awards.award_cancel, name="award-cancel"),
    path("awards/<int:pk>/account/", awards.award_account, name="award-account"),
    path("awards/<int:pk>/amend/", amendments.award_amend, name="award-amend"),
    path("awards/<int:pk>/advance/", amendments.award_advance, name="award-advance"),
    path("awards/<int:pk>/claims/new/", claims.claim_new, name="claim-new"),
    path("amendments/<int:pk>/decide/", amendments.amendment_decide, name="amendment-decide"),
    path("advances/<int:pk>/pay/", amendments.advance_pay, name="advance-pay"),
    path("advances/<int:pk>/undo/", amendments.advance_undo, name="advance-undo"),
    path("calls/<int:pk>/awards/", awards.call_awards, name="call-awards"),
    path("calls/<int:pk>/amend/", amendments.call_amend, name="call-amend"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("claims/<int:pk>/approve/", claims.claim_approve, name="claim-approve"),
    path("claims/<int:pk>/return/", claims.claim_return, name="claim-return"),
    path("claims/<int:pk>/reject/", claims.claim_reject, name="claim-reject"),
    path("claims/<int:pk>/reopen/", claims.claim_reopen, name="claim-reopen"),
    path("claims/<int:pk>/pay/", claims.claim_pay, name="claim-pay"),
    path("claims/<int:pk>/reverse/", claims.claim_reverse, name="claim-reverse"),
    path("payments/", payments.payments_due, name="payments"),
    path("payments/file/", payments.payments_file, name="payments-file"),
    path("my/awards/", my_claims.my_awards, name="my-awards"),
    path("my/awards/<int:pk>/", my_claims.my_award, name="my-award"),
    path("my/awards/<int:pk>/account/", my_claims.my_account, name="my-account"),
    path("my/awards/<int:pk>/claims/new/", my_claims.my_claim_new, name="my-claim-new"),
    path("my/claims/", my_claims.my_claims, name="my-claims"),
    path("my/claims/<int:pk>/", my_claims.my_claim, name="my-claim"),
    path("my/claims/<int:pk>/edit/", my_claims.my_claim_edit, name="my-claim-edit"),
    path("my/claims/<int:pk>/papers/", my_claims.my_claim_paper, name="my-claim-paper"),
    path(
        "my/claims/<int:pk>/papers/<int:document>/",
        my_claims.my_claim_file,
        name="my-claim-file",
    ),
    path("my/claims/<int:pk>/submit/", my_claims.my_claim_submit, name="my-claim-submit"),
    path("my/claims/<int:pk>/take-back/", my_claims.my_claim_take_back, name="my-claim-take-back"),
    path("my/claims/<int:pk>/drop/", my_claims.my_claim_drop, name="my-claim-drop"),
]
