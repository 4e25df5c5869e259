"""What every carrier must do, whatever takes its letters."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import pytest

from sheets_automation.core.errors import LetterError
from sheets_automation.core.model import (
    Claim,
    DeliveryKey,
    DeliveryState,
    Letter,
    LetterKind,
    OutgoingLetter,
    Prepared,
)
from sheets_automation.ports import Carrier

HOSTILE_IDS = [
    "../../etc/passwd",
    "..",
    "a/b\\c",
    "C-1\r\nBcc: x@example.com",
    "NUL",
    "x" * 4000,
    "候補者 一",
    "\x00\x1b\ud800",
    "C-1:2,S",
    "*?<>|",
]


class Post(Protocol):
    """Where a carrier's letters arrive."""

    def carrier(self, compose: Callable[[OutgoingLetter], bytes]) -> Carrier: ...

    def delivered(self) -> list[bytes]: ...


def a_letter(candidate_id="C-0042", *, attempt=1, to="taro@example.jp") -> OutgoingLetter:
    return OutgoingLetter(
        key=DeliveryKey(candidate_id=candidate_id, kind=LetterKind.REJECTION),
        attempt=attempt,
        to_name="山田 太郎",
        to_address=to,
        letter=Letter(template="standard.ja", language="ja", subject="選考結果", text="本文", html="<p>本文</p>"),
    )


def as_mail(outgoing: OutgoingLetter) -> bytes:
    """A small message that says whose it is."""
    letter = f"{outgoing.key.candidate_id} {outgoing.attempt}".encode("utf-8", "surrogatepass")
    return f"Subject: test\r\n\r\nfor {hashlib.sha256(letter).hexdigest()}\r\n".encode()


def claimed(prepared: Prepared) -> Claim:
    """What the log would know of it."""
    outgoing = prepared.outgoing
    return Claim(
        key=outgoing.key,
        attempt=outgoing.attempt,
        reference=prepared.reference,
        to_address=outgoing.to_address,
        run_id="run-1",
    )


class CarrierContract:
    """Subclass and give a `post` fixture."""

    def test_preparing_delivers_nothing(self, post: Post):
        prepared = post.carrier(as_mail).prepare([a_letter("C-1"), a_letter("C-2")])

        assert [p.outgoing.key.candidate_id for p in prepared] == ["C-1", "C-2"]
        assert post.delivered() == []

    def test_a_committed_letter_arrives_as_it_was_composed(self, post: Post):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter()])

        receipt = carrier.commit(prepared)

        assert receipt.state is DeliveryState.SENT
        assert post.delivered() == [as_mail(a_letter())]

    def test_committing_again_says_sent_and_delivers_nothing_more(self, post: Post):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter()])
        carrier.commit(prepared)

        again = carrier.commit(prepared)

        assert again.state is DeliveryState.SENT
        assert len(post.delivered()) == 1

    def test_letters_of_several_batches_all_arrive(self, post: Post):
        carrier = post.carrier(as_mail)
        letters = [a_letter(f"C-{number}") for number in range(5)]

        for letter in letters:
            [prepared] = carrier.prepare([letter])
            carrier.commit(prepared)

        assert sorted(post.delivered()) == sorted(map(as_mail, letters))

    def test_a_new_attempt_at_the_same_key_is_another_letter(self, post: Post):
        carrier = post.carrier(as_mail)

        for attempt in (1, 2):
            [prepared] = carrier.prepare([a_letter(attempt=attempt)])
            assert carrier.commit(prepared).state is DeliveryState.SENT

        assert len(post.delivered()) == 2

    @pytest.mark.parametrize("error", [LetterError("だめ", "no"), UnicodeEncodeError("ascii", "x", 0, 1, "no")])
    def test_a_letter_that_cannot_be_composed_fails_alone(self, post: Post, error):
        def compose(outgoing):
            if outgoing.key.candidate_id == "C-bad":
                raise error
            return as_mail(outgoing)

        carrier = post.carrier(compose)

        bad, good = carrier.prepare([a_letter("C-bad"), a_letter("C-good")])

        assert bad.failure is not None
        assert bad.failure.state is DeliveryState.FAILED
        assert carrier.commit(bad) == bad.failure
        assert carrier.commit(good).state is DeliveryState.SENT
        assert post.delivered() == [as_mail(a_letter("C-good"))]

    @pytest.mark.parametrize("candidate_id", HOSTILE_IDS)
    def test_no_id_can_harm_a_carrier(self, post: Post, candidate_id):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter(candidate_id)])

        assert carrier.commit(prepared).state is DeliveryState.SENT
        assert post.delivered() == [as_mail(a_letter(candidate_id))]

    def test_what_was_sent_is_never_called_withdrawn(self, post: Post):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter()])
        carrier.commit(prepared)

        receipt = post.carrier(as_mail).resolve(claimed(prepared))

        assert receipt.state in {DeliveryState.SENT, DeliveryState.UNCERTAIN}

    def test_what_is_called_withdrawn_can_no_longer_be_committed(self, post: Post):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter()])

        resolved = post.carrier(as_mail).resolve(claimed(prepared))

        assert resolved.state in {DeliveryState.WITHDRAWN, DeliveryState.UNCERTAIN}
        if resolved.state is DeliveryState.WITHDRAWN:
            assert carrier.commit(prepared).state is DeliveryState.FAILED
            assert post.delivered() == []

    def test_a_letter_that_was_prepared_and_not_committed_can_be_taken_back(self, post: Post):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter()])

        resolved = carrier.resolve(claimed(prepared))

        assert resolved.state is DeliveryState.WITHDRAWN
        assert carrier.commit(prepared).state is DeliveryState.FAILED
        assert post.delivered() == []

    def test_the_carrier_that_committed_a_letter_knows_that_it_was_sent(self, post: Post):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter()])
        carrier.commit(prepared)

        assert carrier.resolve(claimed(prepared)).state is DeliveryState.SENT

    def test_another_runs_claim_on_the_same_letter_is_not_taken_for_ours(self, post: Post):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter()])

        receipt = carrier.resolve(replace(claimed(prepared), reference="of another run"))

        assert receipt.state is DeliveryState.UNCERTAIN
        assert carrier.commit(prepared).state is DeliveryState.SENT

    def test_a_claim_of_which_no_trace_is_left_is_uncertain_and_says_why(self, post: Post):
        claim = claimed(Prepared(outgoing=a_letter("C-gone"), reference="../../gone"))

        receipt = post.carrier(as_mail).resolve(claim)

        assert receipt.state is DeliveryState.UNCERTAIN
        assert receipt.detail

    def test_neither_reference_nor_detail_holds_a_name_or_an_address(self, post: Post):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter()])
        receipt = carrier.commit(prepared)

        said = prepared.reference + receipt.reference + receipt.detail

        assert "example" not in said
        assert "山田" not in said

    def test_two_letters_in_one_batch_may_go_to_one_address(self, post: Post):
        carrier = post.carrier(as_mail)
        first, second = carrier.prepare([a_letter("C-1"), replace(a_letter("C-2"), to_name="山田 花子")])

        assert carrier.commit(second).state is DeliveryState.SENT
        assert carrier.commit(first).state is DeliveryState.SENT
        assert len(post.delivered()) == 2

    def test_sweeping_takes_nothing_from_a_letter_that_is_under_way(self, post: Post):
        carrier = post.carrier(as_mail)
        [prepared] = carrier.prepare([a_letter()])

        post.carrier(as_mail).sweep([claimed(prepared)])
        post.carrier(as_mail).sweep([])

        assert carrier.commit(prepared).state is DeliveryState.SENT

    def test_closing_twice_is_harmless(self, post: Post):
        carrier = post.carrier(as_mail)
        carrier.prepare([a_letter()])

        carrier.close()
        carrier.close()

    def test_its_name_is_one_word_and_its_batches_are_not_empty(self, post: Post):
        carrier = post.carrier(as_mail)

        assert carrier.name.isidentifier()
        assert carrier.batch_size >= 1
