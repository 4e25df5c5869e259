"""What puts buttons into Excel: our macros, xlwings' own beside them, their settings, and the files they go into.

A macro starts one function of `sheets_automation.excel_buttons` and nothing else.
"""
