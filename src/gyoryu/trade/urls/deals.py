"""Addresses of deals, their steps and confirmations."""

from django.urls import URLPattern, path

from gyoryu.trade.views import confirmations, deals, my_deals

PATTERNS: list[URLPattern] = [
    path("deals/", deals.deals, name="deals"),
    path("deals/new/", deals.deal_new, name="deal-new"),
    path("deals/<int:pk>/", deals.deal, name="deal"),
    path("deals/<int:pk>/edit/", deals.deal_edit, name="deal-edit"),
    path("deals/<int:pk>/ask/", deals.deal_ask, name="deal-ask"),
    path("deals/<int:pk>/lose/", deals.deal_lose, name="deal-lose"),
    path("deals/<int:pk>/reopen/", deals.deal_reopen, name="deal-reopen"),
    path("deals/<int:pk>/finish/", deals.deal_finish, name="deal-finish"),
    path("deals/<int:pk>/void/", deals.deal_void, name="deal-void"),
    path("deals/<int:pk>/steps/new/", deals.deal_step_new, name="deal-step-new"),
    path(
        "deals/<int:pk>/steps/<int:step>/verify/", deals.deal_step_verify, name="deal-step-verify"
    ),
    path(
        "deals/<int:pk>/steps/<int:step>/strike/", deals.deal_step_strike, name="deal-step-strike"
    ),
    path("my/deals/", my_deals.my_deals, name="my-deals"),
    path("my/deals/<int:pk>/", my_deals.my_deal, name="my-deal"),
    path("my/deals/<int:pk>/step/", my_deals.my_deal_step, name="my-deal-step"),
    path("my/deals/<int:pk>/next/", my_deals.my_deal_next, name="my-deal-next"),
    path("my/deals/<int:pk>/lose/", my_deals.my_deal_lose, name="my-deal-lose"),
    path("my/deals/<int:pk>/ask/", my_deals.my_deal_ask, name="my-deal-ask"),
    path("my/deals/<int:pk>/papers/<int:document>/", my_deals.my_deal_file, name="my-deal-file"),
    path("c/<str:secret>/", confirmations.confirm, name="confirm"),
]
