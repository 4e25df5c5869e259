"""What `relay --help` says, in Japanese and English. Text only, so that help stays instant."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_automation import cli_analysis_texts as analysis
from sheets_automation import cli_excel_texts as excel
from sheets_automation import cli_fleet_texts as fleet
from sheets_automation import cli_follow_up_texts as follow_up
from sheets_automation import cli_import_texts as imports
from sheets_automation import cli_incident_texts as incident
from sheets_automation import cli_init_texts as init
from sheets_automation import cli_line_texts as line
from sheets_automation import cli_links_texts as links
from sheets_automation import cli_partners_texts as partners
from sheets_automation import cli_retention_texts as retention
from sheets_automation import cli_service_texts as service
from sheets_automation import cli_tags_texts as tags

Texts = Mapping[str, tuple[str, str]]
"""Key → (Japanese, English)."""

GENERAL: Texts = {
    "description": (
        "候補者ブック(Excel)を読み、お祈りメールを一人に一度だけ送り、結果をブックに書き戻します。",
        "Read a candidate workbook, send each rejection letter once, and write back what happened.",
    ),
    "epilog": (
        (
            "例:\n  relay init 候補者.xlsx              空のブックを作る\n"
            "  relay check 候補者.xlsx             直すところを全部見る\n"
            "  relay send 候補者.xlsx              誰に何を送るか見る(送りません)\n"
            "  relay send 候補者.xlsx --carrier outbox:outbox --send   送る\n\n"
            "各コマンドの説明: relay send --help"
        ),
        (
            "examples:\n  relay init candidates.xlsx          make an empty workbook\n"
            "  relay check candidates.xlsx         see everything that is wrong\n"
            "  relay send candidates.xlsx          see who would get what (sends nothing)\n"
            "  relay send candidates.xlsx --carrier outbox:outbox --send   send\n\nmore: relay send --help"
        ),
    ),
    "command": ("コマンド", "command"),
    "options": ("オプション", "options"),
    "positional": ("引数", "arguments"),
    "usage": ("使い方: ", "usage: "),
    "help": ("この説明を表示", "show this help"),
    "version": ("版を表示", "show the version"),
    "see_help": ("使い方:", "See"),
    "not_printed": (
        "結果を書き出せませんでした。出力先の空き容量を確かめてください。",
        "The answer could not be written. Check that there is room where it goes.",
    ),
    "interrupted": (
        "止めました。記録は残っています。もう一度実行すると続きから始めます。",
        "Stopped. Everything that happened is recorded; run again to go on.",
    ),
}


def _told(part: str) -> Texts:
    """What the files of single commands say."""
    files = (
        analysis,
        excel,
        fleet,
        follow_up,
        imports,
        incident,
        init,
        line,
        links,
        partners,
        retention,
        service,
        tags,
    )
    return {key: said for file in files for key, said in getattr(file, part, {}).items()}


COMMANDS: Texts = {
    **_told("COMMANDS"),
    "check": (
        "ブック・文面・設定の直すところを全部調べる",
        "find everything that is wrong with workbook, letters and settings",
    ),
    "preview": ("全員分の文面を一枚の HTML で見る", "write all letters, and who is left out, to one HTML page"),
    "open": (
        "画面を開く。見て、確かめて、送るまでブラウザでできる",
        "open the page: look, check and send in a browser",
    ),
    "send": (
        "送る。--send がなければ、誰に何を送るかを見せるだけ",
        "send; without --send only show who would get what",
    ),
    "sync": (
        "届かずに戻ってきた通知と返信を、メールボックスから読み取る",
        "read from the mailbox which letters came back, and which were answered",
    ),
    "settle": ("届いたか分からない通知を、人が確かめて決める", "settle letters that may or may not have left"),
    "rebuild-log": (
        "失われた送信記録を、送信済みの通知から作り直す。--write がなければ見せるだけ",
        "rebuild a lost log from the letters that were sent; without --write only show how",
    ),
    "status": ("いまの状況を一画面で見る", "show where things stand"),
    "doctor": ("環境と設定に足りないものを調べる", "say what is missing on this computer"),
    "login": (
        "Gmail と Google スプレッドシートを使う許可を、ブラウザで一度だけ与える",
        "allow the use of Gmail and Google Sheets, once, in a browser",
    ),
}

EPILOGS: Texts = {
    **_told("EPILOGS"),
    "sync": (
        "例: relay sync 候補者.xlsx --carrier gmail:saiyo@example.co.jp",
        "example: relay sync candidates.xlsx --carrier gmail:jobs@example.com",
    ),
    "check": ("例: relay check 候補者.xlsx", "example: relay check candidates.xlsx"),
    "preview": (
        "例: relay preview 候補者.xlsx --out letters.html",
        "example: relay preview candidates.xlsx --out letters.html",
    ),
    "open": (
        (
            "例:\n  relay open 候補者.xlsx               ブラウザが開く。終わるには Ctrl-C\n"
            "  relay open 候補者.xlsx --no-browser  アドレスだけを表示\n\n"
            "このコンピューターからしか開けません。画面を開くだけでは何も送りません。"
        ),
        (
            "examples:\n  relay open candidates.xlsx               opens the browser; Ctrl-C ends it\n"
            "  relay open candidates.xlsx --no-browser  only show the address\n\n"
            "Nobody but this computer can open it. Opening it sends nothing."
        ),
    ),
    "send": (
        (
            "例(送信手段は、設定の [sender] carrier に書けば省けます):\n"
            "  relay send 候補者.xlsx                       誰に何を送るか見る\n"
            "  relay send 候補者.xlsx --carrier outbox:outbox --send\n"
            "  relay send 候補者.xlsx --test-to me@example.co.jp --send\n"
            "  relay send 候補者.xlsx --send --expect 37    37 通であることを確かめて送る"
        ),
        (
            "examples (without --carrier, [sender] carrier of the configuration counts):\n"
            "  relay send candidates.xlsx                   see who would get what\n"
            "  relay send candidates.xlsx --carrier outbox:outbox --send\n"
            "  relay send candidates.xlsx --test-to me@example.com --send\n"
            "  relay send candidates.xlsx --send --expect 37"
        ),
    ),
    "settle": (
        (
            "例:\n  relay settle 候補者.xlsx                     一覧を見る\n"
            "  relay settle 候補者.xlsx C-7K3QX9M2PA --sent   届いていた\n"
            "  relay settle 候補者.xlsx C-7K3QX9M2PA --again  届いていない。次回送り直す"
        ),
        (
            "examples:\n  relay settle candidates.xlsx                     list them\n"
            "  relay settle candidates.xlsx C-7K3QX9M2PA --sent   it was sent\n"
            "  relay settle candidates.xlsx C-7K3QX9M2PA --again  it was not; send again"
        ),
    ),
    "rebuild-log": (
        (
            "例(送信手段は --carrier か、設定の [sender] carrier で指定):\n"
            "  relay rebuild-log 候補者.xlsx           見る\n"
            "  relay rebuild-log 候補者.xlsx --write   作り直す\n\n"
            "古いタブは別の名前で残ります。\n"
            "記録の見つからない方は、relay settle で決めるまで送りません。"
        ),
        (
            "examples (by --carrier, or [sender] carrier of the configuration):\n"
            "  relay rebuild-log candidates.xlsx           look\n"
            "  relay rebuild-log candidates.xlsx --write   rebuild it\n\n"
            "The old tab is kept under another name.\n"
            "Whoever has no record waits for `relay settle`."
        ),
    ),
    "status": ("例: relay status 候補者.xlsx", "example: relay status candidates.xlsx"),
    "doctor": (
        (
            "例:\n  relay doctor 候補者.xlsx --carrier smtp://saiyo@mail.example:587\n"
            "  relay doctor スプレッドシートのアドレス --carrier gmail:saiyo@example.co.jp\n"
            "  relay doctor --carrier gmail:saiyo@example.co.jp --live"
        ),
        (
            "examples:\n  relay doctor candidates.xlsx --carrier smtp://jobs@mail.example:587\n"
            "  relay doctor SPREADSHEET --carrier gmail:jobs@example.com\n"
            "  relay doctor --carrier gmail:jobs@example.com --live"
        ),
    ),
    "login": (
        (
            "例:\n  relay login saiyo@example.co.jp    このコンピューターのキーチェーンに保存\n"
            "  relay login --out sign-in.json     サーバー用にファイルへ保存\n"
            "  relay login --no-browser           ブラウザを開かず、アドレスだけを表示\n"
            "  relay login --forget               キーチェーンから消す"
        ),
        (
            "examples:\n  relay login jobs@example.com       keep it in this computer's keyring\n"
            "  relay login --out sign-in.json     keep it in a file, for a server\n"
            "  relay login --no-browser           open no browser, show the address\n"
            "  relay login --forget               remove it from the keyring"
        ),
    ),
}

OPTIONS: Texts = {
    **_told("OPTIONS"),
    "mailbox": ("読み取るメールボックス gmail:アドレス", "the mailbox to read: gmail:ADDRESS"),
    "days": ("何日前までのメールを見るか(既定 30)", "look back so many days (30)"),
    "sent_mail": (
        "通知を送った送信手段 gmail:メールボックス、outbox:フォルダ",
        "where the letters left from: gmail:user@host or outbox:DIR",
    ),
    "days_sent": ("何日前までの送信済みを見るか(既定 365)", "look back so many days (365)"),
    "without_mailbox": (
        "送信済みを見ずに、残っている記録だけから作り直す(SMTP のとき)",
        "look through no mailbox: go by what the log still holds (for SMTP)",
    ),
    "write": ("実際に作り直す(なければ見るだけ)", "really rebuild it (without it: only show)"),
    "workbook": (
        "候補者ブック(.xlsx / .xlsm)、または Google スプレッドシートのアドレス",
        "the candidate workbook (.xlsx or .xlsm), or the address of a Google spreadsheet",
    ),
    "config": ("設定ファイル(TOML)", "configuration file (TOML)"),
    "lang": ("表示の言葉 ja / en", "language of messages, ja or en"),
    "json": ("結果を JSON 一つで標準出力に出す", "print one JSON document on stdout"),
    "carrier": (
        (
            "送信手段 outbox:フォルダ、smtp://ユーザー@ホスト:587、gmail:メールボックス、"
            "line:(連携した方へ。選考結果は [line] results で許したときだけ)"
        ),
        (
            "what carries letters: outbox:DIR, smtp://user@host:587, gmail:user@host, or "
            "line: (to linked people; results only where [line] results allows it)"
        ),
    ),
    "send": ("実際に送る(なければ見るだけ)", "really send (without it: only show)"),
    "expect": (
        "送る予定の正確な数。ふだんより多いときに要る",
        "the exact number of letters, needed when it is unusual",
    ),
    "limit": ("今回送る最大の数", "send at most so many letters"),
    "only": ("この候補者IDだけ(何度でも)", "only this candidate id (may be repeated)"),
    "test_to": (
        "候補者ではなくこの宛先に、文面ごとに一通だけ試し送りする",
        "send one sample of each letter to this address instead of the candidates",
    ),
    "out": ("書き出す HTML ファイル", "the HTML file to write"),
    "demo": ("見本の候補者が入ったブックを作る", "fill it with made-up candidates"),
    "force": ("すでにあるファイルを置き換える", "replace a file that is there"),
    "ids": ("候補者ID", "candidate ids"),
    "sent": ("届いていた(送信済みにする)", "it was sent"),
    "again": ("届いていない(次回送り直す)", "it was not sent; send again with the next run"),
    "reopen": (
        "改めて不採用とした方に、新しい通知を出せるようにする",
        "allow a new letter for a new decision on the same row",
    ),
    "hold": ("送らずに取っておく。理由は --note に", "keep it from being sent; --note says why"),
    "release": ("保留を解く", "let a held letter go again"),
    "journal_lost": (
        "途中で止まった実行の記録(.relay フォルダ)が見つからないとき、記録なしで先に進む",
        "go on without the journal (.relay) of an unfinished run that is lost for good",
    ),
    "note": ("理由などの覚え書き", "a note for the record"),
    "live": (
        "Google の動きを、自分宛てのメール 1 通と確認用のタブ(終わると消えます)で確かめる",
        "try how Google behaves, with a letter to yourself and a scratch tab that is removed again",
    ),
    "login_mailbox": (
        "許可するメールボックス(省けば、ブラウザで選んだアカウント)",
        "whose mailbox it is (without it: whoever agrees)",
    ),
    "login_out": (
        "キーチェーンのかわりに、サーバー用のファイルに保存する",
        "keep the sign-in in this file for a server, not in the keyring",
    ),
    "no_browser": ("ブラウザを開かず、アドレスを表示する", "open no browser; show the address to open"),
    "port": ("使うポート(省けば空いているもの)", "the port to use (without it: a free one)"),
    "forget": ("保存したサインインをキーチェーンから消す", "remove the sign-in from the keyring"),
}


def text(key: str, language: str) -> str:
    """A general text in `language`."""
    return pick(GENERAL[key], language)


def pick(texts: tuple[str, str], language: str) -> str:
    """The Japanese or the English of a pair."""
    return texts[0] if language == "ja" else texts[1]
