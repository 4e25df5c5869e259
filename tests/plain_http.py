"""HTTP to servers of our own on this machine."""

import ssl

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For httpx, which otherwise reads all of the machine's certificates for each client: longer than most calls take."""
