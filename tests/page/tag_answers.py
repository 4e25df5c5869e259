"""What the stand-in says of tags."""

PROPOSED = (
    ("C-1", 5, "山田 花子", "スキル強", "スキルに「Python」がある、選考段階が「最終面接」まで進んでいるため"),
    ("C-2", 9, "佐藤 学", "スキル強", "スキルに「Go」があるため"),
    ("C-2", 9, "佐藤 学", "再応募候補", "選考段階が「二次面接」まで進んでいるため"),
)
TIDY = {"label": "スキル つよ", "instead": "スキル強", "people": 3, "why": "一字違いです(打ち間違いかもしれません)"}


def tags(proposed=PROPOSED):
    return {
        "people": len({one[0] for one in proposed}),
        "proposals": [
            {"candidate_id": key, "row": row, "link": None, "name": name, "opening": "開発職", "tag": tag, "why": why}
            for key, row, name, tag, why in proposed
        ],
        "tidy": [TIDY],
        "problems": [{"where": "タグ規則!D4", "text": "比べ方「似る」は使えません。"}],
        "resting": [],
    }


def answered(asked):
    named = {(one["candidate_id"], one["tag"]) for one in (*asked["accept"], *asked["refuse"])}
    left = [one for one in PROPOSED if (one[0], one[3]) not in named]
    return {
        "accepted": len(asked["accept"]),
        "refused": len(asked["refuse"]),
        "kept": None,
        "tags": tags(left),
    }
