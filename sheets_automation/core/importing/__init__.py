"""取込: what a file of candidates says, whom of it the workbook knows, and what is to be written. Pure."""
