"""The way to Google that the adapters share: signing in, one bounded call, and what an answer means."""
