"""Addresses of online malls, listings, promotions, sales and shop windows."""

from django.urls import URLPattern, path

from gyoryu.trade.views import campaigns, channels, listings, my_listings, shop_windows, shops

PATTERNS: list[URLPattern] = [
    path("channels/", channels.channels, name="channels"),
    path("channels/new/", channels.channel_new, name="channel-new"),
    path("channels/<int:pk>/", channels.channel, name="channel"),
    path("channels/<int:pk>/edit/", channels.channel_edit, name="channel-edit"),
    path("channels/<int:pk>/end/", channels.channel_end, name="channel-end"),
    path("channels/<int:pk>/propose/", channels.channel_propose, name="channel-propose"),
    path("channels/<int:pk>/codes/", channels.channel_codes, name="channel-codes"),
    path("listings/", listings.listings, name="listings"),
    path("listings/<int:pk>/", listings.listing, name="listing"),
    path("listings/<int:pk>/edit/", listings.listing_edit, name="listing-edit"),
    path("listings/<int:pk>/move/", listings.listing_move, name="listing-move"),
    path("listings/<int:pk>/void/", listings.listing_void, name="listing-void"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.campaign_new, name="campaign-new"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/edit/", campaigns.campaign_edit, name="campaign-edit"),
    path("campaigns/<int:pk>/void/", campaigns.campaign_void, name="campaign-void"),
    path("sales/", campaigns.sales, name="sales"),
    path("sales/report/", campaigns.sales_report, name="sales-report"),
    path("shop-windows/", shop_windows.shop_windows, name="shop-windows"),
    path("shop-windows/new/", shop_windows.shop_window_new, name="shop-window-new"),
    path("shop-windows/<int:pk>/", shop_windows.shop_window, name="shop-window-desk"),
    path("shop-windows/<int:pk>/edit/", shop_windows.shop_window_edit, name="shop-window-edit"),
    path("shop-windows/<int:pk>/open/", shop_windows.shop_window_open, name="shop-window-open"),
    path("shop-windows/<int:pk>/close/", shop_windows.shop_window_close, name="shop-window-close"),
    path("shops/<slug:slug>/", shops.shop_window, name="shop-window"),
    path("shops/<slug:slug>/<str:language>/", shops.shop_window_in, name="shop-window-in"),
    path("my/listings/", my_listings.my_listings, name="my-listings"),
    path("my/listings/new/", my_listings.my_listing_new, name="my-listing-new"),
    path("my/listings/<int:pk>/", my_listings.my_listing, name="my-listing"),
]
