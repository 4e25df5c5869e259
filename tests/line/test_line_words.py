"""Which short messages in the chat end a link or refuse letters, and which do not."""

import pytest

from sheets_automation.core.line_records import LineUse
from sheets_automation.core.line_words import word_in_message


@pytest.mark.parametrize(
    "text",
    [
        "停止",
        "停止。",
        "停 止",
        "「停止」",
        "停止\n",
        "配信を停止してください",
        "配信停止希望",
        "配信不要です",
        "ご連絡は不要です",
        "配信解除",
        "メールの配信を解除してください",
        "停止していただけませんか?",
        "なぜ停止しないのですか",
        "停止しないと通報します",
        "まだ停止されていません",
        "連携を解除して、配信も停止してください",
        "stop",
        "STOP!",
        "ＳＴＯＰ",
        "Stop it",
        "STOPしてください",
        "please unsubscribe me",
    ],
)
def test_whoever_asks_for_silence_in_a_short_sentence_refuses_letters(text):
    assert word_in_message(text) is LineUse.REFUSE


@pytest.mark.parametrize(
    "text", ["解除", "連携解除", "連携を解除", "連携 解除 お願いします。", "ＵＮＬＩＮＫ", "解除の方法は?"]
)
def test_whoever_speaks_of_the_link_alone_ends_the_link(text):
    assert word_in_message(text) is LineUse.UNLINK


@pytest.mark.parametrize(
    "text",
    [
        "停止しないでください",
        "配信は停止しません",
        "停止したくないです",
        "停止せず続けてください",
        "解除しない",
        "解除はしなくて大丈夫です",
        "Please don't stop",
        "don’t unsubscribe me",
        "do not stop, please",
        "stopped by at your office",
        "non-stopping",
        "ありがとうございます",
        "返信不要です",
        "",
    ],
)
def test_whoever_denies_it_or_speaks_of_something_else_does_neither(text):
    assert word_in_message(text) is None


def test_one_who_denies_the_one_and_asks_for_the_other_is_given_the_other():
    assert word_in_message("配信は停止しないで、連携だけ解除") is LineUse.UNLINK


@pytest.mark.parametrize(("more", "use"), [(38, LineUse.REFUSE), (39, None)])
def test_a_word_in_a_long_message_is_conversation(more, use):
    assert word_in_message("停止" + "あ" * more) is use
