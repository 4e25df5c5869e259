"""Which letter a mail is about: evidence, and mails that only look like it."""

from datetime import timedelta

import pytest

from sheets_automation.core.bounce_causes import Cause
from sheets_automation.core.bounces import MailKind, Understood
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.returns import Post, ReturnedMail, judge, recorded_bounces, recorded_mails, sent_letters
from tests.core.builders import NOW, ended, event

YAMADA, SUZUKI, OURS = "yamada@example.com", "suzuki@example.com", "saiyo@example.co.jp"
LATER = NOW + timedelta(hours=2)


def sent(to="C-0005", to_address=YAMADA, at=NOW, carrier="gmail", **more):
    claim = event(EventKind.PREPARED, to=to, to_address=to_address, carrier=carrier, at=at, **more)
    return [claim, ended(claim, EventKind.SENT, at=at, carrier=carrier, reference=f"m-{to}/t-{to}")]


def letters_of(*events):
    return sent_letters([one for some in events for one in some])


def mail(kind=MailKind.BOUNCE, of="", at=LATER, reference="m1", **said):
    return ReturnedMail(reference=reference, at=at, conversation_of=of, understood=Understood(kind=kind, **said))


def judged(letters, *mails, words=None, known=(), now=LATER):
    if words is None:
        words = {f"word-{one.key.candidate_id}": one.claim_id for one in letters if one.carrier == "gmail"}
    return judge(Post(mails=mails, words=words), letters, known, [OURS], now)


def found(letters, *mails, **more):
    """Who it is about, and what it says."""
    return [(one.letter.key.candidate_id, one.kind) for one in judged(letters, *mails, **more).returns]


BOUNCED = [("C-0005", EventKind.BOUNCED)]
REPLIED = [("C-0005", EventKind.REPLIED)]


class TestABounce:
    def test_with_the_letters_own_word_is_about_that_letter_whoever_failed(self):
        letters = letters_of(sent(), sent("C-0006", SUZUKI))

        assert found(letters, mail(letter="word-C-0005", recipients=("moved@example.net",))) == BOUNCED

    def test_in_the_letters_conversation_is_about_it(self):
        letters = letters_of(sent())
        here = letters[0].claim_id

        assert found(letters, mail(of=here, recipients=("Yamada@example.com",))) == BOUNCED
        assert found(letters, mail(of=here)) == BOUNCED

    def test_that_names_the_address_of_a_letter_of_these_days_is_about_it(self):
        letters = letters_of(sent())

        assert found(letters, mail(recipients=(YAMADA,))) == BOUNCED
        assert found(letters, mail(mentioned=(OURS, YAMADA))) == BOUNCED

    def test_with_the_word_of_nobody_changes_nothing(self):
        letters = letters_of(sent())

        assert found(letters, mail(letter="ffff", of=letters[0].claim_id, recipients=(YAMADA,))) == []

    def test_of_somebody_elses_address_changes_nothing(self):
        assert found(letters_of(sent()), mail(recipients=(SUZUKI,)), mail(mentioned=(SUZUKI,))) == []

    def test_of_a_colleague_in_the_same_conversation_changes_nothing(self):
        letters = letters_of(sent())

        assert found(letters, mail(of=letters[0].claim_id, recipients=("tanaka@example.co.jp",))) == []

    def test_that_returns_another_mail_to_the_same_address_changes_nothing(self):
        letters = letters_of(sent())

        assert found(letters, mail(letter="", recipients=(YAMADA,))) == []
        assert found(letters, mail(letter="", of=letters[0].claim_id)) == []

    def test_that_returns_a_mail_without_a_word_counts_for_a_carrier_that_writes_none(self):
        assert found(letters_of(sent(carrier="smtp")), mail(letter="", recipients=(YAMADA,))) == BOUNCED

    @pytest.mark.parametrize("at", [NOW - timedelta(hours=1), NOW + timedelta(days=8)])
    def test_at_another_time_says_nothing_by_the_address_alone(self, at):
        letters = letters_of(sent())

        assert found(letters, mail(recipients=(YAMADA,), at=at), now=at) == []
        assert found(letters, mail(letter="word-C-0005", at=at), now=at) == BOUNCED

    def test_by_the_address_alone_is_about_the_last_letter_to_it(self):
        letters = letters_of(sent(at=NOW - timedelta(days=2)), sent("C-0006", YAMADA))

        assert found(letters, mail(recipients=(YAMADA,))) == [("C-0006", EventKind.BOUNCED)]

    def test_of_a_letter_that_is_known_to_have_come_back_is_nothing_new(self):
        letters = letters_of(sent())
        back = mail(letter="word-C-0005")

        assert found(letters, back, known=[letters[0].claim_id]) == []
        assert found(letters, back, mail(letter="word-C-0005", reference="m2")) == BOUNCED

    def test_is_recorded_with_its_cause_at_the_time_of_the_mail(self):
        [back] = judged(
            letters_of(sent()), mail(letter="word-C-0005", cause=Cause.MAILBOX_FULL, status="5.2.2"), now=LATER
        ).returns

        assert (back.detail, back.at, back.reference) == ("mailbox_full 5.2.2", LATER, "m1")

    def test_from_the_future_is_recorded_now(self):
        [back] = judged(letters_of(sent()), mail(letter="word-C-0005", at=LATER + timedelta(days=3))).returns

        assert back.at == LATER


class TestAnAnswer:
    @pytest.mark.parametrize("sender", [YAMADA, "Yamada@Example.com", "taro.private@example.net"])
    def test_in_the_letters_conversation_is_the_persons_whichever_address_it_comes_from(self, sender):
        letters = letters_of(sent())

        assert found(letters, mail(MailKind.PERSON, letters[0].claim_id, sender=sender)) == REPLIED

    @pytest.mark.parametrize("sender", [OURS, "tanaka@example.co.jp", ""])
    def test_of_ourselves_or_a_colleague_or_nobody_is_none(self, sender):
        letters = letters_of(sent())

        assert found(letters, mail(MailKind.PERSON, letters[0].claim_id, sender=sender)) == []

    def test_of_a_candidate_with_the_same_provider_as_ours_is_one(self):
        letters = letters_of(sent(to_address="yamada@gmail.com"))
        answer = mail(MailKind.PERSON, letters[0].claim_id, sender="yamada.private@gmail.com")

        assert judge(Post(mails=(answer,)), letters, (), ["saiyo@gmail.com"], LATER).returns

    def test_of_a_candidate_who_is_a_colleague_is_one(self):
        letters = letters_of(sent(to_address="tanaka@example.co.jp"))

        assert found(letters, mail(MailKind.PERSON, letters[0].claim_id, sender="tanaka@example.co.jp")) == REPLIED

    def test_elsewhere_is_none(self):
        assert found(letters_of(sent()), mail(MailKind.PERSON, sender=YAMADA)) == []

    @pytest.mark.parametrize("kind", [MailKind.AUTOMATIC, MailKind.DELAY])
    def test_of_a_machine_is_none(self, kind):
        letters = letters_of(sent())
        verdict = judged(letters, mail(kind, letters[0].claim_id, sender=YAMADA, letter="word-C-0005"))

        assert verdict.returns == ()
        assert verdict.automatic + verdict.delayed == 1

    def test_each_counts_once_and_what_points_nowhere_is_counted(self):
        letters = letters_of(sent())
        answers = [mail(MailKind.PERSON, letters[0].claim_id, sender=YAMADA, reference=f"m{n}") for n in range(2)]

        verdict = judged(letters, *answers, mail(recipients=(SUZUKI,)))

        assert (len(verdict.returns), verdict.unrelated) == (2, 1)


class TestTheLettersThatMayComeBack:
    @pytest.mark.parametrize("kind", [EventKind.FAILED, EventKind.REFUSED, EventKind.WITHDRAWN])
    def test_are_not_those_that_never_left(self, kind):
        claim = event(EventKind.PREPARED)

        assert sent_letters([claim, ended(claim, kind)]) == ()

    @pytest.mark.parametrize("kind", [EventKind.SENT, EventKind.UNCERTAIN])
    def test_are_those_that_left_or_may_have_and_those_whose_end_is_unknown(self, kind):
        claim = event(EventKind.PREPARED, reference="d1/t1/w1")

        [left] = sent_letters([claim, ended(claim, kind, at=LATER, reference="m1/t2")])
        [open_one] = sent_letters([claim])

        assert (left.left_at, left.references) == (LATER, ("d1/t1/w1", "m1/t2"))
        assert (open_one.left_at, open_one.references) == (claim.at, ("d1/t1/w1",))

    def test_are_those_that_were_found_to_have_left_after_all(self):
        claim = event(EventKind.PREPARED)

        assert sent_letters([claim, ended(claim, EventKind.FAILED), ended(claim, EventKind.SENT)])
        assert sent_letters([claim, ended(claim, EventKind.SENT), ended(claim, EventKind.FAILED)])


def test_what_is_in_the_log_is_known_by_the_mail_and_by_the_letter():
    claim, sent_event = sent()
    bounce = ended(claim, EventKind.BOUNCED, reference="m7")
    reply = ended(claim, EventKind.REPLIED, reference="m8")

    assert recorded_mails([claim, sent_event, bounce, reply]) == {"m7", "m8"}
    assert recorded_bounces([claim, sent_event, bounce, reply]) == {claim.event_id}
