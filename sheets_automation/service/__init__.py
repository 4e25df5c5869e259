"""HTTP for people without a terminal: the page of `relay open`, and the jobs behind it as a small interface."""
