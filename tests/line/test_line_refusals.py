"""Who refuses letters in the chat is sent none by mail either."""

from sheets_automation.core.line_records import LineSource, LineUse
from sheets_automation.core.reasons import Reason
from tests.jobs.house import rejected
from tests.line.line_house import by_mail, chats, code_for, house_of, link, take_in, unlink
from tests.line_server.account import user


def test_a_refusal_in_the_chat_holds_for_mail_too(tmp_path):
    house = house_of(tmp_path, rejected("山田 太郎", "taro@example.com"), rejected("佐藤 花", "hana@example.com"))
    take_in(house)  # gives ids to the rows
    take_in(house, link(code_for(house, "山田 太郎")), link(code_for(house, "佐藤 花"), number=2))
    refusal = unlink(number=2, use=LineUse.REFUSE, source=LineSource.MESSAGE)

    report = take_in(house, refusal)
    again = take_in(house, refusal)

    assert (report.refused, again.refused) == (1, 0)
    assert list(chats(house).values()) == [user(1)]
    reasons = {one.candidate.name: one.reason for one in by_mail(house).plan().skipped()}
    assert reasons == {"佐藤 花": Reason.OPTED_OUT}
