"""What `relay init` says to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

INIT: Texts = {
    "next_macro_book": (
        "Excel で開いて「コンテンツの有効化」を押し、「操作」タブの説明のとおりに始めてください。",
        "Open it in Excel, enable its content, and begin with the tab 操作.",
    ),
    "next_buttons": (
        (
            "これからは {path} だけをお使いください。"
            "元の {workbook} から送ると、同じ方に二通届くことがあります。別の場所へ移してください。"
        ),
        "From now on use {path} alone. A letter sent from {workbook} is unknown to it: put that file away.",
    ),
    "next_addin": (
        "Excel の［開発］-［Excel アドイン］-［参照］で {path} を選ぶと、リボンに「採用連絡」が出ます。",
        "In Excel choose {path} under Developer, Excel Add-ins, Browse: 採用連絡 appears in the ribbon.",
    ),
}
