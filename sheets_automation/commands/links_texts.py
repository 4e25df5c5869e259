"""What `relay serve-links` and `relay collect` say to people, in Japanese and English."""

from __future__ import annotations

from sheets_automation.cli_texts import Texts

LINKS: Texts = {
    "links_served": (
        "公開リンクを {address} で受け付けています。Ctrl-C で終わります。",
        "Serving the public links at {address}. Ctrl-C ends it.",
    ),
    "links_closed": ("公開リンクの受け付けを終えました。", "The public links are closed."),
    "clicks_added": ("クリック {n} 件を記録しました。", "Recorded {n} click{s}."),
    "refusals_added": (
        "配信停止 {n} 件を記録しました。この方々には、もう送りません。",
        "Recorded {n} refusal{s}. These people are not written to any more.",
    ),
    "reports_added": ("紹介先の報告 {n} 件を記録しました。", "Recorded {n} report{s} of partners."),
    "answers_added": ("アンケートの答え {n} 件を記録しました。", "Recorded {n} answer{s} to the survey."),
    "records_known": ("記録済みのもの {n} 件", "{n} known already"),
    "records_unknown": ("このブックにないコード {n} 件", "{n} code{s} of other workbooks, or of nobody"),
    "records_by_machines": (
        "機械によるもの {n} 件(数えません)",
        "{n} by machines, which do not count",
    ),
    "records_unreadable": ("読めない行 {n} 件", "{n} line{s} cannot be read"),
    "no_partner_url": (
        "クリックは取り込みませんでした。設定の [[partners]] に url を書くと取り込みます。",
        "No click was taken in: set url in [[partners]] of the configuration first.",
    ),
    "no_link_key": (
        (
            "配信停止 {n} 件を誰のものか確かめられません。"
            "公開サーバーと同じ環境変数 RELAY_LINK_KEY を入れて、もう一度実行してください。"
        ),
        (
            "Whose {n} refusal{s} these are cannot be told. "
            "Set RELAY_LINK_KEY as the public server has it, and run this again."
        ),
    ),
}
