"""The five buttons: what stands on them, the macro behind each, and one line of what happens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button in a workbook or in the ribbon."""

    macro: str
    caption: str
    explanation: str
    picture: str
    """Excel's own name of the picture that the ribbon shows."""


BUTTONS = (
    Button(
        macro="RelayPreview",
        caption="プレビュー",
        explanation="誰に何を送るか、誰にはなぜ送らないかを、ブラウザーで確かめます。まだ何も送りません。",
        picture="FilePrintPreview",
    ),
    Button(
        macro="RelaySend",
        caption="送信",
        explanation="全員の文面を見てから、通数を確かめて送ります。ここを押しただけでは送られません。",
        picture="FileSendAsAttachment",
    ),
    Button(
        macro="RelayUpdateCredits",
        caption="クレジット更新",
        explanation="紹介の実績を数え直し、「クレジット」と「分析」のタブを新しくします。",
        picture="RefreshAll",
    ),
    Button(
        macro="RelayImportFile",
        caption="取り込み",
        explanation="媒体や紹介先から届いたファイルを、このブックに取り込みます。",
        picture="GetExternalDataFromText",
    ),
    Button(
        macro="RelayCheck",
        caption="チェック",
        explanation="入力のまちがいや文面の不備を、セルの場所つきで一覧にします。",
        picture="DataValidation",
    ),
)
