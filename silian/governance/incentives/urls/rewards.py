"""Addresses of the rule table, results, reward decisions, the ledger and restrictions."""

from __future__ import annotations

from django.urls import path, re_path

from silian.governance.incentives.views import (
    restrictions,
    reward_entries,
    reward_money,
    reward_objections,
    reward_recoveries,
    reward_results,
    rewards,
)

urlpatterns = [
    path("rewards/rules/", reward_results.reward_rules, name="reward_rules"),
    path("rewards/results/", reward_results.result_list, name="reward_results"),
    path("rewards/results/new/", reward_results.result_new, name="reward_result_new"),
    path("rewards/results/collect/", reward_results.result_collect, name="reward_collect"),
    path(
        "rewards/results/<int:result_id>/",
        reward_results.result_detail,
        name="reward_result_detail",
    ),
    path(
        "rewards/results/<int:result_id>/restrict/",
        restrictions.restriction_new,
        name="restriction_new",
    ),
    path("rewards/", rewards.decision_list, name="reward_decisions"),
    path("rewards/new/", rewards.decision_new, name="reward_decision_new"),
    path("rewards/<int:decision_id>/", rewards.decision_detail, name="reward_decision_detail"),
    path("rewards/<int:decision_id>/fill/", rewards.decision_fill, name="reward_decision_fill"),
    path(
        "rewards/<int:decision_id>/approve/",
        rewards.decision_approve,
        name="reward_decision_approve",
    ),
    re_path(
        r"^rewards/(?P<decision_id>\d+)/step/(?P<name>compute|submit|publish)/$",
        rewards.decision_step,
        name="reward_decision_step",
    ),
    re_path(
        r"^rewards/(?P<decision_id>\d+)/(?P<name>return|cancel)/$",
        rewards.decision_refuse,
        name="reward_decision_refuse",
    ),
    path("rewards/candidates/<int:candidate_id>/", rewards.candidate_edit, name="reward_candidate"),
    path("rewards/ledger/", reward_entries.entry_list, name="reward_ledger"),
    path("rewards/ledger/<int:entry_id>/", reward_entries.entry_detail, name="reward_entry_detail"),
    path(
        "rewards/ledger/<int:entry_id>/correct/",
        reward_entries.entry_correct,
        name="reward_entry_correct",
    ),
    path(
        "rewards/ledger/<int:entry_id>/withdraw/",
        reward_entries.entry_withdraw,
        name="reward_entry_withdraw",
    ),
    path(
        "rewards/<int:decision_id>/funding/", reward_money.decision_funding, name="reward_funding"
    ),
    path("rewards/<int:decision_id>/order/", reward_money.decision_order, name="reward_order_all"),
    path(
        "rewards/ledger/<int:entry_id>/account/", reward_money.entry_account, name="reward_account"
    ),
    path("rewards/ledger/<int:entry_id>/order/", reward_money.entry_order, name="reward_order"),
    path(
        "rewards/ledger/<int:entry_id>/recover/",
        reward_recoveries.recovery_new,
        name="reward_recovery_new",
    ),
    path(
        "rewards/recoveries/<int:recovery_id>/",
        reward_recoveries.recovery_detail,
        name="reward_recovery",
    ),
    re_path(
        r"^rewards/recoveries/(?P<recovery_id>\d+)/(?P<name>reply|decide|drop)/$",
        reward_recoveries.recovery_step,
        name="reward_recovery_step",
    ),
    path(
        "rewards/public/<int:decision_id>/object/",
        reward_objections.objection_new,
        name="reward_object",
    ),
    path(
        "rewards/public/objection/",
        reward_objections.objection_lookup,
        name="reward_objection_lookup",
    ),
    path(
        "rewards/objections/<int:objection_id>/",
        reward_objections.objection_detail,
        name="reward_objection",
    ),
    re_path(
        r"^rewards/objections/(?P<objection_id>\d+)/(?P<name>take|contact)/$",
        reward_objections.objection_step,
        name="reward_objection_step",
    ),
    path(
        "rewards/objections/<int:objection_id>/answer/",
        reward_objections.objection_answer,
        name="reward_objection_answer",
    ),
    path("rewards/mine/", reward_entries.my_rewards, name="my_rewards"),
    path("rewards/public/", reward_entries.public_rewards, name="public_rewards"),
    path("rewards/public/<int:decision_id>/", reward_entries.public_reward, name="public_reward"),
    path("rewards/restrictions/", restrictions.restriction_list, name="restrictions"),
    path(
        "rewards/restrictions/<int:restriction_id>/",
        restrictions.restriction_detail,
        name="restriction_detail",
    ),
    re_path(
        r"^rewards/restrictions/(?P<restriction_id>\d+)/(?P<name>reply|impose|drop|appeal|settle)/$",
        restrictions.restriction_step,
        name="restriction_step",
    ),
]
