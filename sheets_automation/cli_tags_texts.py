"""What `relay --help` says of tags and of finding past candidates again, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "tag": (
        "「タグ規則」のとおりに、候補者のタグを提案する",
        "propose tags for candidates, by the rules in tab タグ規則",
    ),
    "match": (
        "求人に合いそうな過去の候補者を、理由とご案内の文面つきで探す",
        "find past candidates for an opening, with reasons and a ready letter",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "tag": (
        (
            "例:\n  relay tag 候補者.xlsx                       提案と理由を見るだけ\n"
            "  relay tag 候補者.xlsx --write               「タグ候補」の列だけに書く\n"
            "  relay tag 候補者.xlsx --accept              提案を「タグ」の列に書き足す\n"
            "  relay tag 候補者.xlsx --accept --only C-012 お一人分だけ\n\n"
            "規則は「タグ規則」タブにあり、自由に直せます。なければ --write が作ります。"
        ),
        (
            "examples:\n  relay tag candidates.xlsx                       see proposals and reasons\n"
            "  relay tag candidates.xlsx --write               put them into タグ候補\n"
            "  relay tag candidates.xlsx --accept              add all of them to タグ\n"
            "  relay tag candidates.xlsx --accept --only C-012 those of one candidate\n\n"
            "The rules stand in tab タグ規則, for you to change. Where there is none,\n"
            "--write makes it."
        ),
    ),
    "match": (
        (
            "例:\n  relay match 候補者.xlsx --opening 経理職              「求人」か応募職種から\n"
            "  relay match 候補者.xlsx --opening 求人票.txt          求人票のファイルから\n"
            '  relay match 候補者.xlsx --opening "Python とAWSの経験" 言葉から\n\n'
            "何も書き込まず、何も送りません。年齢・性別などは使いません。"
        ),
        (
            "examples:\n  relay match candidates.xlsx --opening 経理職             by tab 求人\n"
            "  relay match candidates.xlsx --opening opening.txt        by a file\n"
            '  relay match candidates.xlsx --opening "Python and AWS"   by words\n\n'
            "Writes nothing and sends nothing. Age, sex and the like are never used."
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "write_tags": (
        "提案を「タグ候補」と「タグ候補の理由」の列に書く",
        "write the proposals into columns タグ候補 and タグ候補の理由",
    ),
    "accept": ("提案を「タグ」の列に書き足す(書いてあるものは消さない)", "add the proposals to what is typed in タグ"),
    "only_tags": ("この候補者の提案だけ(何度でも)", "only what is proposed for this candidate (repeatable)"),
    "opening": (
        "求人: 「求人」タブの求人名、応募職種、テキストファイル、または求める経験の言葉",
        "the opening: its name in tab 求人 or in the sheet, a text file, or words",
    ),
    "top": ("何人まで挙げるか(10)", "how many to list (10)"),
}
