"""What service, fleet and public apps write to their logs while the tests run, and whether it says who anybody is."""
