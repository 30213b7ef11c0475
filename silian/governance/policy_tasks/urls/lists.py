from __future__ import annotations

from django.urls import URLPattern, path

from silian.governance.policy_tasks.views import list_writing, lists

ITEM = "lists/<int:item_id>/"

list_urls: list[URLPattern] = [
    path("lists/", lists.list_items, name="list_items"),
    path("lists/new/", list_writing.list_item_new, name="list_item_new"),
    path(ITEM, lists.list_item_detail, name="list_item_detail"),
    path(f"{ITEM}edit/", list_writing.list_item_edit, name="list_item_edit"),
    path(f"{ITEM}notes/new/", lists.list_item_note, name="list_item_note"),
    path(f"{ITEM}claim/", lists.list_item_claim, name="list_item_claim"),
    path(f"{ITEM}judge/<slug:name>/", lists.list_item_judge, name="list_item_judge"),
]
