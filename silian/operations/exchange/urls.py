from __future__ import annotations

from django.urls import path

from silian.operations.exchange.views import (
    data_sets,
    deals,
    demand_suggestions,
    effectiveness,
    hall,
    imports,
    listing_forms,
    listing_steps,
    listings,
    match_event_desk,
    match_event_effect,
    match_event_planning,
    match_events,
    negotiation_intents,
    negotiation_team,
    negotiations,
    recommendation_records,
    recommendation_starts,
    recommendations,
    review_statistics,
    reviews,
    search_analytics,
    subscriptions,
    unmet_demands,
    value_added_services,
)

app_name = "exchange"
urlpatterns = [
    # the hall
    path("", hall.hall, name="hall"),
    # files of listings
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:import_id>/", imports.import_detail, name="import_detail"),
    path("imports/<int:import_id>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:import_id>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<int:import_id>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:import_id>/problems/", imports.import_problems, name="import_problems"),
    # listings
    path("listings/", listings.my_listings, name="my_listings"),
    path("listings/many/<slug:step>/", listings.listing_many, name="listing_many"),
    path("listings/new/", listing_forms.listing_choose_kind, name="listing_choose_kind"),
    path(
        "listings/suggestions/<slug:kind>/",
        listing_forms.listing_suggestions,
        name="listing_suggestions",
    ),
    path(
        "listings/new/<slug:kind>/<slug:side>/", listing_forms.listing_create, name="listing_create"
    ),
    path("listings/<int:listing_id>/", listings.listing_detail, name="listing_detail"),
    path("listings/<int:listing_id>/edit/", listing_forms.listing_edit, name="listing_edit"),
    path("listings/<int:listing_id>/check/", listing_forms.listing_check, name="listing_check"),
    path("listings/<int:listing_id>/copy/", listing_steps.listing_copy, name="listing_copy"),
    path(
        "listings/<int:listing_id>/steps/<slug:step>/",
        listing_steps.listing_step,
        name="listing_step",
    ),
    path("reviews/", reviews.review_queue, name="review_queue"),
    path("reviews/approve/", reviews.review_approve_many, name="review_approve_many"),
    path("reviews/statistics/", review_statistics.review_statistics_page, name="review_statistics"),
    path("reviews/records/", review_statistics.review_records, name="review_records"),
    path("reviews/<int:review_id>/", reviews.review, name="review"),
    # negotiations and deals
    path("listings/<int:listing_id>/answer/", negotiations.listing_answer, name="listing_answer"),
    path("negotiations/", negotiations.negotiation_list, name="negotiation_list"),
    path(
        "negotiations/<int:negotiation_id>/",
        negotiations.negotiation_detail,
        name="negotiation_detail",
    ),
    path(
        "negotiations/<int:negotiation_id>/messages/",
        negotiations.message_send,
        name="message_send",
    ),
    path(
        "negotiations/<int:negotiation_id>/read/",
        negotiations.messages_read,
        name="messages_read",
    ),
    path(
        "negotiations/<int:negotiation_id>/refuse/",
        negotiations.negotiation_refuse,
        name="negotiation_refuse",
    ),
    path(
        "negotiations/<int:negotiation_id>/withdraw/",
        negotiations.negotiation_withdraw,
        name="negotiation_withdraw",
    ),
    path(
        "negotiations/<int:negotiation_id>/intent/",
        negotiation_intents.intent_propose,
        name="intent_propose",
    ),
    path(
        "negotiations/<int:negotiation_id>/intents/<int:intent_id>/accept/",
        negotiation_intents.intent_accept,
        name="intent_accept",
    ),
    path(
        "negotiations/<int:negotiation_id>/agreement/",
        negotiation_intents.deal_record,
        name="deal_record",
    ),
    path(
        "negotiations/<int:negotiation_id>/partners/",
        negotiation_team.partner_invite,
        name="partner_invite",
    ),
    path("teams/<int:seat_id>/", negotiation_team.team_seat_detail, name="team_seat_detail"),
    path("teams/<int:seat_id>/join/", negotiation_team.team_seat_join, name="team_seat_join"),
    path(
        "teams/<int:seat_id>/decline/",
        negotiation_team.team_seat_decline,
        name="team_seat_decline",
    ),
    path("deals/", deals.deal_list, name="deal_list"),
    path("deals/<int:deal_id>/", deals.deal_detail, name="deal_detail"),
    path("deals/<int:deal_id>/complete/", deals.deal_complete, name="deal_complete"),
    path("deals/<int:deal_id>/break-off/", deals.deal_break_off, name="deal_break_off"),
    path("deals/<int:deal_id>/rate/", deals.deal_rate, name="deal_rate"),
    path("effectiveness/", effectiveness.effectiveness, name="effectiveness"),
    path("effectiveness/listings/", effectiveness.effectiveness_rows, name="effectiveness_rows"),
    # matchmaking events
    path("events/", match_events.match_event_list, name="match_event_list"),
    path("events/mine/", match_events.match_event_mine, name="match_event_mine"),
    path("events/new/", match_event_planning.match_event_new, name="match_event_new"),
    path("events/effect/", match_event_effect.match_event_effect, name="match_event_effect"),
    path("events/<int:event_id>/", match_events.match_event_detail, name="match_event_detail"),
    path(
        "events/<int:event_id>/calendar.ics",
        match_events.match_event_calendar_file,
        name="match_event_calendar_file",
    ),
    path(
        "events/<int:event_id>/sign-up/",
        match_events.match_event_sign_up,
        name="match_event_sign_up",
    ),
    path(
        "events/<int:event_id>/withdraw/",
        match_events.match_event_withdraw,
        name="match_event_withdraw",
    ),
    path(
        "events/<int:event_id>/edit/",
        match_event_planning.match_event_edit,
        name="match_event_edit",
    ),
    path(
        "events/<int:event_id>/steps/<slug:name>/",
        match_event_planning.match_event_step,
        name="match_event_step",
    ),
    path(
        "events/<int:event_id>/hold/",
        match_event_planning.match_event_hold,
        name="match_event_hold",
    ),
    path(
        "events/<int:event_id>/follow-up/",
        match_event_planning.match_event_follow_up,
        name="match_event_follow_up",
    ),
    path("events/<int:event_id>/desk/", match_event_desk.match_event_desk, name="match_event_desk"),
    path("events/<int:event_id>/plan/", match_event_desk.match_event_plan, name="match_event_plan"),
    path(
        "events/<int:event_id>/tables/<slug:name>/",
        match_event_desk.match_event_tables,
        name="match_event_tables",
    ),
    path(
        "events/<int:event_id>/signups/<int:signup_id>/check-in/",
        match_event_desk.match_event_check_in,
        name="match_event_check_in",
    ),
    path("events/<int:event_id>/meetings/new/", match_event_desk.meeting_new, name="meeting_new"),
    path(
        "events/<int:event_id>/meetings/<int:meeting_id>/move/",
        match_event_desk.meeting_move,
        name="meeting_move",
    ),
    path(
        "events/<int:event_id>/meetings/<int:meeting_id>/remove/",
        match_event_desk.meeting_remove,
        name="meeting_remove",
    ),
    path(
        "events/<int:event_id>/meetings/<int:meeting_id>/note/",
        match_event_desk.meeting_note,
        name="meeting_note",
    ),
    path(
        "events/<int:event_id>/meetings/<int:meeting_id>/negotiate/",
        match_events.meeting_negotiate,
        name="meeting_negotiate",
    ),
    # shared data
    path("data/", data_sets.data_set_list, name="data_set_list"),
    path("data/new/", data_sets.data_set_new, name="data_set_new"),
    path("data/join/", data_sets.data_set_join, name="data_set_join"),
    path("data/<int:data_set_id>/", data_sets.data_set_detail, name="data_set_detail"),
    path("data/<int:data_set_id>/refresh/", data_sets.data_set_refresh, name="data_set_refresh"),
    path("data/<int:data_set_id>/withdraw/", data_sets.data_set_withdraw, name="data_set_withdraw"),
    path("data/<int:data_set_id>/download/", data_sets.data_set_download, name="data_set_download"),
    path("data/<int:data_set_id>/request/", data_sets.data_request_new, name="data_request_new"),
    path(
        "data/requests/<int:request_id>/",
        data_sets.data_request_decide,
        name="data_request_decide",
    ),
    # subscriptions
    path("subscriptions/", subscriptions.subscription_list, name="subscription_list"),
    path("subscriptions/new/", subscriptions.subscription_new, name="subscription_new"),
    path(
        "subscriptions/<int:subscription_id>/change/",
        subscriptions.subscription_change,
        name="subscription_change",
    ),
    path(
        "subscriptions/<int:subscription_id>/stop/",
        subscriptions.subscription_stop,
        name="subscription_stop",
    ),
    path(
        "subscriptions/unsubscribe/<str:key>/",
        subscriptions.subscription_unsubscribe,
        name="subscription_unsubscribe",
    ),
    path("webhooks/new/", subscriptions.webhook_new, name="webhook_new"),
    path(
        "webhooks/<int:endpoint_id>/<slug:name>/", subscriptions.webhook_step, name="webhook_step"
    ),
    # what was searched for
    path("searches/", search_analytics.search_analytics, name="search_analytics"),
    path("searches/term/", search_analytics.search_term, name="search_term"),
    path(
        "searches/suggestions/<int:suggestion_id>/",
        demand_suggestions.demand_suggestion,
        name="demand_suggestion",
    ),
    path(
        "searches/suggestions/<int:suggestion_id>/dismiss/",
        demand_suggestions.demand_suggestion_dismiss,
        name="demand_suggestion_dismiss",
    ),
    # recommendations
    path("recommendations/", recommendations.recommendation_list, name="recommendation_list"),
    path(
        "recommendations/records/",
        recommendation_records.recommendation_records,
        name="recommendation_records",
    ),
    path(
        "recommendations/principles/",
        recommendations.recommendation_principles,
        name="recommendation_principles",
    ),
    path(
        "recommendations/shown/", recommendations.recommendation_shown, name="recommendation_shown"
    ),
    path(
        "recommendations/switch/",
        recommendations.recommendation_switch,
        name="recommendation_switch",
    ),
    path(
        "recommendations/why/<int:own_id>/<int:other_id>/",
        recommendations.recommendation_why,
        name="recommendation_why",
    ),
    path(
        "recommendations/<int:listing_id>/judge/",
        recommendations.recommendation_judge,
        name="recommendation_judge",
    ),
    path(
        "recommendations/<int:listing_id>/hide/",
        recommendations.recommendation_hide,
        name="recommendation_hide",
    ),
    path(
        "recommendations/hidings/<int:hiding_id>/undo/",
        recommendations.hiding_undo,
        name="hiding_undo",
    ),
    path(
        "recommendations/cohorts/<int:cohort_id>/",
        recommendation_starts.recommendation_from_cohort,
        name="recommendation_from_cohort",
    ),
    path(
        "recommendations/listings/<int:listing_id>/",
        recommendation_starts.recommendation_from_listing,
        name="recommendation_from_listing",
    ),
    # services that go with matching
    path("services/", value_added_services.service_list, name="service_list"),
    path("services/new/", value_added_services.service_new, name="service_new"),
    path("services/<int:service_id>/use/", value_added_services.service_use, name="service_use"),
    path(
        "services/<int:service_id>/close/",
        value_added_services.service_close,
        name="service_close",
    ),
    # unmet demands
    path("unmet/", unmet_demands.unmet_demand_list, name="unmet_demand_list"),
    path("unmet/new/", unmet_demands.unmet_demand_new, name="unmet_demand_new"),
    path("unmet/queue/", unmet_demands.unmet_demand_queue, name="unmet_demand_queue"),
    path("unmet/<int:demand_id>/", unmet_demands.unmet_demand_detail, name="unmet_demand_detail"),
    path(
        "unmet/<int:demand_id>/verify/",
        unmet_demands.unmet_demand_verify,
        name="unmet_demand_verify",
    ),
    path(
        "unmet/<int:demand_id>/refuse/",
        unmet_demands.unmet_demand_refuse,
        name="unmet_demand_refuse",
    ),
    path(
        "unmet/<int:demand_id>/withdraw/",
        unmet_demands.unmet_demand_withdraw,
        name="unmet_demand_withdraw",
    ),
    path("unmet/<int:demand_id>/meet/", unmet_demands.unmet_demand_meet, name="unmet_demand_meet"),
    path(
        "unmet/<int:demand_id>/take-up/",
        unmet_demands.unmet_demand_take_up,
        name="unmet_demand_take_up",
    ),
]
