"""The fault campaign: whole jobs under random schedules of deaths, lost answers, other runs and people at work.

`python -m tests.campaign` runs it; `make campaign SEED=n SECONDS_LIMIT=s` too. A schedule is drawn from its world, the
seed and its number alone, so that each one can be played again.
"""
