"""Which status light each word shows."""

from __future__ import annotations

from silian.governance.policy_tasks.choices import Light, TaskLight, TaskState, Weather

STATE_TONES = {
    TaskState.DRAFT: "unset",
    TaskState.ASSIGNED: "open",
    TaskState.RUNNING: "info",
    TaskState.CLAIMED: "watch",
    TaskState.DONE: "ok",
    TaskState.CANCELLED: "unset",
}
TASK_TONES = {
    TaskLight.DRAFT: "unset",
    TaskLight.DONE: "ok",
    TaskLight.CANCELLED: "unset",
    TaskLight.OVERDUE: "late",
    TaskLight.GAP: "watch",
    TaskLight.BLOCKED: "late",
    TaskLight.SILENT: "watch",
    TaskLight.BEHIND: "watch",
    TaskLight.DUE_SOON: "info",
    TaskLight.NORMAL: "ok",
}
WEATHER_TONES = {Weather.NORMAL: "ok", Weather.BEHIND: "watch", Weather.BLOCKED: "late"}
TARGET_TONES = {
    Light.REACHED: "ok",
    Light.ON_TRACK: "ok",
    Light.BEHIND: "watch",
    Light.OVERDUE: "late",
    Light.GAP: "watch",
    Light.UNSET: "unset",
    Light.NO_METRIC: "unset",
    Light.NO_VALUE: "unset",
}
