"""The names both sides rely on, as the project gives them: what stands between the braces of Contract.js is JSON."""

import json

from tests.bridge.stage import PROJECT


def _contract():
    text = (PROJECT / "Contract.js").read_text(encoding="utf-8")
    return json.loads(text[text.index("({") + 1 : text.rindex(")")])


CONTRACT = _contract()
