"""Addresses of voucher terms, vouchers, providers, orders and sanctions."""

from django.urls import URLPattern, path

from gyoryu.programmes.views import my_orders as mine
from gyoryu.programmes.views import orders, providers, sanctions, signals, terms, vouchers

DESK: list[URLPattern] = [
    path("voucher-terms/", terms.terms_list, name="voucher-terms-list"),
    path("voucher-terms/new/", terms.terms_new, name="voucher-terms-new"),
    path("voucher-terms/<int:pk>/", terms.terms, name="voucher-terms"),
    path("voucher-terms/<int:pk>/edit/", terms.terms_edit, name="voucher-terms-edit"),
    path("voucher-terms/<int:pk>/enforce/", terms.terms_enforce, name="voucher-terms-enforce"),
    path("voucher-terms/<int:pk>/renew/", terms.terms_renew, name="voucher-terms-renew"),
    path("voucher-terms/<int:pk>/copy/", terms.terms_copy, name="voucher-terms-copy"),
    path("vouchers/", vouchers.vouchers, name="vouchers"),
    path("vouchers/menu/", terms.voucher_menu, name="voucher-menu"),
    path("vouchers/providers/", providers.public_providers, name="voucher-providers"),
    path("vouchers/<int:pk>/", vouchers.voucher, name="voucher"),
    path("vouchers/<int:pk>/share/", vouchers.voucher_share, name="voucher-share"),
    path("vouchers/<int:pk>/close/", vouchers.voucher_close, name="voucher-close"),
    path("vouchers/<int:pk>/quote/", orders.order_new, name="order-new"),
    path("applications/<int:pk>/voucher/", vouchers.voucher_issue, name="voucher-issue"),
    path("providers/", providers.providers, name="providers"),
    path("providers/<int:pk>/", providers.provider, name="provider"),
    path("providers/<int:pk>/register/", providers.provider_register, name="provider-register"),
    path("providers/<int:pk>/services/", providers.provider_serve, name="provider-serve"),
    path("providers/<int:pk>/account/", providers.provider_account, name="provider-account"),
    path("providers/<int:pk>/stop/", providers.provider_stop, name="provider-stop"),
    path("programmes/<int:pk>/providers/new/", providers.provider_new, name="provider-new"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<int:pk>/", orders.order, name="order"),
    path("orders/<int:pk>/deliver/", orders.order_deliver, name="order-deliver"),
    path("orders/<int:pk>/cancel/", orders.order_cancel, name="order-cancel"),
    path("sanctions/", sanctions.sanctions, name="sanctions"),
    path("sanctions/new/", sanctions.sanction_new, name="sanction-new"),
    path("sanctions/<int:pk>/", sanctions.sanction, name="sanction"),
    path("sanctions/<int:pk>/lift/", sanctions.sanction_lift, name="sanction-lift"),
    path("sanctions/<int:pk>/void/", sanctions.sanction_void, name="sanction-void"),
    path("signals/", signals.signals, name="signals"),
    path("signals/<int:programme>/again/", signals.signals_again, name="signals-again"),
    path("signals/<int:programme>/<str:kind>/<str:subject>/", signals.signal, name="signal"),
]
MINE: list[URLPattern] = [
    path("my/vouchers/", mine.my_vouchers, name="my-vouchers"),
    path("my/vouchers/<int:pk>/", mine.my_voucher, name="my-voucher"),
    path("my/orders/", mine.my_orders, name="my-orders"),
    path("my/orders/<int:pk>/", mine.my_order, name="my-order"),
    path("my/orders/<int:pk>/accept/", mine.my_order_accept, name="my-order-accept"),
    path("my/orders/<int:pk>/deliver/", mine.my_order_deliver, name="my-order-deliver"),
    path("my/orders/<int:pk>/confirm/", mine.my_order_confirm, name="my-order-confirm"),
    path("my/orders/<int:pk>/back/", mine.my_order_back, name="my-order-back"),
    path("my/orders/<int:pk>/cancel/", mine.my_order_cancel, name="my-order-cancel"),
    path("my/orders/<int:pk>/files/<int:document>/", mine.my_order_file, name="my-order-file"),
    path("my/quotes/", mine.my_quote_find, name="my-quote-find"),
    path("my/quotes/<str:number>/", mine.my_quote, name="my-quote"),
    path("my/providers/<int:pk>/account/", mine.my_provider_account, name="my-provider-account"),
    path("my/provide/<int:pk>/", mine.my_provider_apply, name="my-provider-apply"),
]
PATTERNS = [*DESK, *MINE]
