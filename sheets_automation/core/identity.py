"""Who a row is: ids for rows that have none, and fingerprints that show when ids and people were torn apart.

A sort of one column only, a paste over ids, or a copied row would hand one person's letters to another. The id column
alone can't show that, so each row also carries a fingerprint of its id, address and name, in separable parts.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from sheets_automation.core.model import Candidate
from sheets_automation.core.table import ERROR_VALUES

# No I, L, O and U, which people misread when they copy an id.
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID_BITS = range(45, -1, -5)
"""Where each character's five bits begin: ten characters, the highest first."""
_PART_LENGTH = 6
_FEWEST_FOR_A_BREAK = 3
_SHARE_FOR_A_BREAK = 0.2
_LONGEST_ID = 255
"""A longer one is no id but a slip of the paste, and the log could not hold it."""


class IdentityProblem(StrEnum):
    """Why nothing is sent for a row until a person has looked at it."""

    DOUBLED_ID = "doubled_id"
    BROKEN_PAIR = "broken_pair"


class _Fingerprint(NamedTuple):
    id: str
    address: str
    name: str


def derived_id(content: Sequence[str]) -> str:
    """Return the id for a row that has none: 50 bits of what the row says.

    Deterministic on purpose. A dry run and the real run agree on it, and so do two runs on two machines; and when a
    run dies between a letter and writing the id into the sheet, the next run finds the letter under the same id.
    Identical rows get the same id: whoever gives ids away has to number them.
    """
    bits = int.from_bytes(_digest("id", *content)[:7], "big") >> 6
    return "C-" + "".join([_CROCKFORD[bits >> at & 31] for at in _ID_BITS])


def fingerprint(candidate_id: str, address: str, name_key: str) -> str:
    """Return the text for the 照合 column; empty where there is no address, since then there is nothing to protect."""
    if not address:
        return ""
    parts = (_digest("pair", candidate_id, address), _digest("address", address), _digest("name", name_key))
    return "-".join(part.hex()[:_PART_LENGTH] for part in parts)


def identity_problems(candidates: Sequence[Candidate]) -> Mapping[int, IdentityProblem]:
    """Return the rows, by number, whose id can't be trusted to mean the person who stands in them.

    One fresh edit of an address or a name is an edit. It is a break when the new value belongs to another row, when the
    id no longer fits an unchanged address, when that is so of another row that changed since, or when more than a fifth
    of all rows, and three at least, changed at once.
    """
    problems = dict.fromkeys(_broken_rows(candidates), IdentityProblem.BROKEN_PAIR)
    count = Counter(candidate.id for candidate in candidates)
    problems |= {c.row: IdentityProblem.BROKEN_PAIR for c in candidates if _is_no_id(c.id)}
    problems |= {c.row: IdentityProblem.DOUBLED_ID for c in candidates if count[c.id] > 1}
    return problems


def _is_no_id(stored: str) -> bool:
    return stored in ERROR_VALUES or len(stored) > _LONGEST_ID


def _broken_rows(candidates: Sequence[Candidate]) -> list[int]:
    stamped = 0
    changed: list[tuple[int, _Fingerprint, _Fingerprint]] = []
    for candidate in candidates:
        old = candidate.stored_fingerprint
        if _is_stamp(old) and (now := _current(candidate)):
            stamped += 1
            if now != old:
                changed.append((candidate.row, _parts(old), _parts(now)))
    if len(changed) >= _FEWEST_FOR_A_BREAK and len(changed) > _SHARE_FOR_A_BREAK * stamped:
        return [row for row, _, _ in changed]
    if not changed:
        return []
    known = [_parts(c.stored_fingerprint) for c in candidates if _is_stamp(c.stored_fingerprint)]
    names_at: dict[str, set[str]] = defaultdict(set)
    addresses_of: dict[str, set[str]] = defaultdict(set)
    for stamp in known:
        names_at[stamp.address].add(stamp.name)
        addresses_of[stamp.name].add(stamp.address)
    # What tears one row tears its neighbours, and to accept one of them would wipe out what the others are known by.
    is_torn = any(_is_broken(before, after, names_at, addresses_of) for _, before, after in changed)
    return [row for row, _, _ in changed] if is_torn else []


def _is_broken(
    old: _Fingerprint,
    new: _Fingerprint,
    names_at: Mapping[str, set[str]],
    addresses_of: Mapping[str, set[str]],
) -> bool:
    """Tell an edit from a tear by whether another row knows the new value."""
    if new.address == old.address:
        if new.id != old.id:
            return True  # the address stayed, so the id was moved or overwritten
        return new.address not in addresses_of.get(new.name, {new.address})
    if new.name == old.name:
        # The same name under the new address elsewhere is the same person, whose address HR has corrected here.
        return new.name not in names_at.get(new.address, {new.name})
    return new.address in names_at or new.name in addresses_of


def _current(candidate: Candidate) -> str:
    return fingerprint(candidate.id, candidate.address.value or "", candidate.name_key)


def _is_stamp(stored: str) -> bool:
    return stored.count("-") == 2  # noqa: PLR2004 - three parts; anything else was typed by a person and proves nothing


def _parts(stamp: str) -> _Fingerprint:
    return _Fingerprint(*stamp.split("-"))


def _digest(*words: str) -> bytes:
    # The length before each word keeps ("ab", "c") and ("a", "bc") apart.
    framed = "".join([f"{len(word)}:{word}" for word in words])
    return hashlib.sha256(framed.encode("utf-8", "surrogatepass")).digest()
