"""A server that behaves like Google's Sheets, Gmail, Drive and sign-in, for any client, on this machine alone."""
