"""Files of candidates as they come from other systems: text in any encoding, and workbooks."""
