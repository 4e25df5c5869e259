"""What `relay --help` says of follow-ups and of consent to them, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping

COMMANDS: Mapping[str, tuple[str, str]] = {
    "follow-up": (
        "同意した過去の候補者に、「フォロー計画」のお知らせを送る",
        "send news to past candidates who agreed, by tab フォロー計画",
    ),
    "consent": (
        "フォローへの同意と撤回を記録する、または一覧にする",
        "record who agrees to follow-ups or no longer does, or list it",
    ),
}

EPILOGS: Mapping[str, tuple[str, str]] = {
    "follow-up": (
        (
            "例:\n  relay follow-up 候補者.xlsx --init           「フォロー計画」タブを作る\n"
            "  relay follow-up 候補者.xlsx                  誰に何を送るかを見る\n"
            "  relay follow-up 候補者.xlsx --send --expect 12\n"
            "                                               12 通であることを確かめて送る\n"
            "  relay follow-up 候補者.xlsx --history        誰に何をなぜ送ったか\n\n"
            "作ったキャンペーンは、「使用」の × を消すまで誰にも届きません。"
        ),
        (
            "examples:\n  relay follow-up candidates.xlsx --init        make tab フォロー計画\n"
            "  relay follow-up candidates.xlsx               see who would get what\n"
            "  relay follow-up candidates.xlsx --send --expect 12\n"
            "                                                send the 12 that you saw\n"
            "  relay follow-up candidates.xlsx --history     who got what, and why\n\n"
            "A new campaign reaches nobody until the × under 使用 is taken away."
        ),
    ),
    "consent": (
        (
            "例:\n  relay consent 候補者.xlsx                    一覧\n"
            "  relay consent 候補者.xlsx C-7K3QX9M2PA --yes --source 電話\n"
            "  relay consent 候補者.xlsx C-7K3QX9M2PA --yes --on 2026-10-03  前にうかがった\n"
            "  relay consent 候補者.xlsx C-7K3QX9M2PA --no  以後は送らない\n\n"
            "記録は「同意記録」タブに残り、候補者の行を消しても消えません。"
        ),
        (
            "examples:\n  relay consent candidates.xlsx                 list them\n"
            "  relay consent candidates.xlsx C-7K3QX9M2PA --yes --source phone\n"
            "  relay consent candidates.xlsx C-7K3QX9M2PA --yes --on 2026-10-03   said then\n"
            "  relay consent candidates.xlsx C-7K3QX9M2PA --no   nothing more is sent\n\n"
            "The record stands in tab 同意記録, and outlives the candidate's row."
        ),
    ),
}

OPTIONS: Mapping[str, tuple[str, str]] = {
    "init_campaigns": (
        "「フォロー計画」タブを、使わない状態の例つきで作る",
        "make tab フォロー計画, with examples that are switched off",
    ),
    "history": ("これまでのフォローを、理由つきで一覧にする", "list the follow-ups so far, with the reason for each"),
    "yes": ("同意をいただいた", "the person agrees"),
    "no": ("同意が撤回された", "the person no longer agrees"),
    "source": (
        "どこでうかがったか。例: 電話、面談、応募フォーム",
        "how we know, e.g. phone, interview, form",
    ),
    "wording": (
        "同意文の版(省くと設定の [follow_up] wording)",
        "version of the text; else [follow_up] wording",
    ),
    "said_on": (
        "うかがった日。例: 2026-10-03(省くと今)",
        "the day on which it was said, e.g. 2026-10-03; else now",
    ),
    "settle_follow_up": ("選考結果ではなくフォローについて", "about follow-ups, not about results"),
}
