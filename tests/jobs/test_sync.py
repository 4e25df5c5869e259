"""What came back, recorded and shown: a whole house in memory, mails as real systems write them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from sheets_automation.core.bounces import understand
from sheets_automation.core.delivery_log import EventKind
from sheets_automation.core.errors import CarrierError, WorkbookBusy
from sheets_automation.core.log_rows import read_events
from sheets_automation.core.reasons import Reason
from sheets_automation.core.returns import Post, ReturnedMail, SentLetter
from sheets_automation.jobs.settle import Word, settle
from sheets_automation.jobs.sync import sync
from tests.core.mail_samples import WORD, mail
from tests.jobs.house import House, rejected, workbook_of

YAMADA = "yamada@example.com"


@dataclass
class Tray:
    """An inbox in memory: mails lie in it until somebody looks."""

    mails: list[tuple[bytes, datetime]] = field(default_factory=list)
    addresses: Collection[str] = ("saiyo@example.co.jp",)
    looks: list[datetime] = field(default_factory=list)

    def arrives(self, name: str, at: datetime) -> None:
        self.mails.append((mail(name), at))

    def look(self, letters: Sequence[SentLetter], since: datetime, known: Collection[str]) -> Post:
        self.looks.append(since)
        yamada = next((letter.claim_id for letter in letters if letter.to_address == YAMADA), "")
        found = (
            ReturnedMail(reference=f"m{n}", at=at, understood=understand(raw), conversation_of=yamada)
            for n, (raw, at) in enumerate(self.mails)
        )
        new = tuple(one for one in found if one.at >= since and one.reference not in known)
        return Post(mails=new, words={WORD: yamada})

    def close(self) -> None:
        pass


@pytest.fixture
def house(tmp_path):
    rows = [rejected("山田 太郎", YAMADA), rejected("鈴木 花子", "suzuki@example.com")]
    sent = House(tmp_path / "outbox", workbook_of(rows))
    sent.send()
    return sent.later(hours=1)


@pytest.fixture
def tray():
    return Tray()


def synced(house, tray, **more):
    return sync(house.workbook(), tray, house.desk, house.run(), **more)


def facts_of(house, kind):
    events = read_events(house.workbook().read().tables["送信記録"])
    return [event for event in events if event.kind is kind]


def reason_for(house, row):
    return next((one.reason for one in house.plan().plan.skipped if one.candidate.row == row), None)


def comes_back(house, tray, name="postfix_mailbox_full"):
    tray.arrives(name, house.now)
    return synced(house, tray)


def test_a_letter_that_came_back_is_recorded_shown_and_asks_for_a_person(house, tray):
    comes_back(house, tray)

    assert house.cell(4, "通知状況") == "不達"
    assert "相手のメールボックスが満杯" in house.cell(4, "通知メモ")
    assert house.cell(5, "通知状況") == "送信済み"
    review = [cells for cells in house.file.sheets["要確認"].rows.values() if "山田 太郎" in cells.values()]
    assert "対応が必要" in review[0].values()


def test_a_bounced_letter_is_not_sent_again_until_the_address_changes(house, tray):
    comes_back(house, tray)

    house.send()
    assert len(house.delivered()) == 2
    assert reason_for(house, 4) is Reason.ADDRESS_BOUNCED

    house.file.sheets["候補者"].put(4, 1, "taro.yamada@example.com")
    house.send()

    assert len(house.delivered()) == 3
    assert house.cell(4, "通知状況") == "送信済み"


def test_another_row_with_the_address_that_bounced_gets_no_letter_either(house, tray):
    comes_back(house, tray)
    house.file.sheets["候補者"].put(4, 3, "辞退")
    for column, value in enumerate(rejected("山田 太郎", YAMADA).values()):
        house.file.sheets["候補者"].put(6, column, value)

    house.send()

    assert len(house.delivered()) == 2
    assert reason_for(house, 6) is Reason.ADDRESS_BOUNCED
    assert house.cell(6, "通知状況") == "不達"


@pytest.mark.parametrize("row", [4, 6])
def test_a_persons_word_sends_once_more_to_an_address_that_is_right(house, tray, row):
    comes_back(house, tray)
    if row == 6:
        house.file.sheets["候補者"].put(4, 3, "辞退")
        for column, value in enumerate(rejected("山田 太郎", YAMADA).values()):
            house.file.sheets["候補者"].put(6, column, value)
        house.send()
    candidate_id = house.cell(row, "候補者ID")

    done = settle(house.workbook(), house.desk, house.run(), [candidate_id], Word.AGAIN)
    house.send()
    house.send()

    assert done.settled == (candidate_id,)
    assert len(house.delivered()) == 3


def test_a_letter_that_did_not_bounce_cannot_be_sent_again_by_a_word(house, tray):
    comes_back(house, tray)

    done = settle(house.workbook(), house.desk, house.run(), [house.cell(5, "候補者ID")], Word.AGAIN)

    assert done.settled == ()


def test_an_answer_shows_in_the_note_and_changes_nothing_else(house, tray):
    tray.arrives("reply_ja", house.now)

    synced(house, tray)
    house.send()

    assert house.cell(4, "通知状況") == "送信済み"
    assert house.cell(4, "通知メモ") == "返信あり 2026/11/24"
    assert len(house.delivered()) == 2


@pytest.mark.parametrize("name", ["vacation_gmail_ja", "gmail_ja_delay", "read_receipt"])
def test_what_machines_say_meanwhile_changes_nothing(house, tray, name):
    report = comes_back(house, tray, name)

    assert report.looked_at == report.judged.automatic + report.judged.delayed == 1
    assert house.cell(4, "通知状況") == "送信済み"
    assert not house.cell(4, "通知メモ")


def test_each_mail_is_recorded_once_however_often_it_is_found(house, tray):
    comes_back(house, tray)
    tray.arrives("reply_ja", house.now)
    synced(house, tray)
    last = synced(house.later(days=1), tray)

    assert [len(facts_of(house, kind)) for kind in (EventKind.BOUNCED, EventKind.REPLIED)] == [1, 1]
    assert (last.looked_at, last.judged.returns) == (0, ())


def test_a_second_bounce_of_the_same_letter_is_not_recorded(house, tray):
    comes_back(house, tray)
    comes_back(house, tray, "qmail_unknown_user")

    assert [event.detail for event in facts_of(house, EventKind.BOUNCED)] == ["mailbox_full 5.2.2"]


def test_the_look_goes_back_as_far_as_asked_and_never_before_the_first_letter(house, tray):
    synced(house, tray)
    synced(house.later(days=40), tray, look_back=timedelta(days=30))

    sent_at = house.now - timedelta(hours=1)
    assert tray.looks == [sent_at - timedelta(minutes=5), sent_at + timedelta(days=10, hours=1)]


def test_without_a_letter_nobody_looks(tmp_path, tray):
    house = House(tmp_path, workbook_of([rejected("山田 太郎", YAMADA)]))

    assert synced(house, tray).looked_at == 0
    assert tray.looks == []


def test_an_inbox_that_cannot_be_read_leaves_everything_as_it_was(house):
    class Closed(Tray):
        def look(self, letters, since, known):
            raise CarrierError("閉", "closed")

    with pytest.raises(CarrierError):
        synced(house, Closed())

    assert facts_of(house, EventKind.BOUNCED) == []


def test_what_could_not_be_shown_is_recorded_and_shown_by_the_next_look(house, tray):
    tray.arrives("postfix_mailbox_full", house.now)
    workbook = house.workbook()
    workbook.show = lambda *_: (_ for _ in ()).throw(WorkbookBusy("開", "open"))

    report = sync(workbook, tray, house.desk, house.run())
    assert isinstance(report.not_shown, WorkbookBusy)
    synced(house, tray)

    assert house.cell(4, "通知状況") == "不達"
    assert len(facts_of(house, EventKind.BOUNCED)) == 1
