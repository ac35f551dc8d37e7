"""`rectify item`: look at items and change them."""

from __future__ import annotations

from rectify_tui.cli import base

item = base.Group(
    "item",
    help="command.item.help",
    lazy={
        "step": "rectify_tui.cli.step:step",
        "extend": "rectify_tui.cli.extend:extend",
        "list": "rectify_tui.cli.item_list:list_items",
        "show": "rectify_tui.cli.item_show:show",
        "set": "rectify_tui.cli.item_change:set_",
        "merge": "rectify_tui.cli.item_change:merge",
        "add": "rectify_tui.cli.item_add:add",
        "withdraw": "rectify_tui.cli.item_add:withdraw",
    },
    summary_keys="command.item",
)
