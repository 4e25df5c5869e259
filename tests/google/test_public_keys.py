"""The keys that sign identity tokens are kept for as long as their answer allows, and no longer."""

import pytest

from sheets_automation.google.public_keys import GOOGLE_KEYS, PublicKeys, kept_for


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=19845, must-revalidate, no-transform"}, 19_845),
        ({"Cache-Control": "max-age=600", "Age": "100"}, 500),
        ({"Cache-Control": "max-age=600", "Age": "1000"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "soon"}, 600),
        ({"Cache-Control": "Max-Age=60"}, 60),
        ({"Cache-Control": "s-maxage=600"}, 300),
        ({"Cache-Control": "max-age=999999999"}, 86_400),
        ({"Cache-Control": "max-age=-1"}, 300),
        ({"Cache-Control": "no-cache, max-age=600"}, 0),
        ({"Cache-Control": "no-store"}, 0),
        ({}, 300),
    ],
)
def test_an_answer_says_how_long_it_may_be_kept(headers, seconds):
    assert kept_for(headers) == seconds


def test_keys_are_fetched_again_once_their_time_is_over(google):
    now = [0.0]
    keys = PublicKeys(GOOGLE_KEYS, google.address, lambda: now[0])
    google.control.rotate_identity_keys(kept=600)
    (known,) = _ids(keys)

    def fetched():
        return len(google.control.calls("certificates"))

    now[0] = 599.0
    before = keys.find(known), fetched()
    google.control.rotate_identity_keys()
    now[0] = 601.0

    assert (bool(before[0]), before[1]) == (True, 1)
    assert (keys.find(known), fetched()) == (None, 2)  # Google speaks of it no more


def _ids(keys):
    keys.find("anything")
    return keys._keys
