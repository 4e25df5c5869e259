"""VBA projects, written from Microsoft's open specifications ([MS-OVBA], [MS-CFB]) on any machine, without Excel.

Modules are written as source alone. Their compiled form is marked as stale, and Excel compiles them when it opens the
file, as it does with the workbooks that xlwings ships.
"""
