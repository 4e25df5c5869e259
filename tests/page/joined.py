"""The page as one script, as a spreadsheet's sidebar needs it: it can load no modules."""

from apps_script_bridge.join_page import in_order, joined_script

__all__ = ["in_order", "joined_script"]
