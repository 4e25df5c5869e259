"""What the gallery page holds, without a browser. tests/test_gallery_in_browser.py looks at what it does."""

import base64
import hashlib
import re
import stat

import pytest

from sheets_automation.gallery import (
    Bilingual,
    GalleryLeftOut,
    GalleryLetter,
    GallerySummary,
    build_gallery,
    group_left_out,
    in_common,
    render_gallery,
)
from sheets_automation.private_files import PageNotSaved

SUMMARY = GallerySummary(
    workbook="採用管理表.xlsx",
    sender="採用担当 <saiyo@minato.example>",
    made_at="2026-11-24 10:00",
    state=Bilingual(ja="まだ送っていません", en="Nothing has been sent"),
)
OLD_CASE = Bilingual(ja="お待たせしています。", en="Has waited long.")


def a_letter(number, **changes):
    facts = {
        "candidate_id": f"C-{number:04d}",
        "row": number + 4,
        "name": f"候補者 {number}号",
        "address": f"person{number}@example.com",
        "opening": "品質管理",
        "template": Bilingual(ja="標準", en="standard.ja"),
        "subject": "選考結果のご連絡",
        "text": f"候補者 {number}号様\n\nお祈り申し上げます。",
        "html": f"<p>候補者 {number}号様</p>",
    }
    return GalleryLetter(**facts | changes)


def left_out(row, reason="address_missing", severity="act", ja="空です。", en="Empty."):
    text = Bilingual(ja=ja, en=en)
    return GalleryLeftOut(
        candidate_id=f"C-{row}",
        row=row,
        name=f"候補者 {row}行",
        opening="品質管理",
        reason=reason,
        text=text,
        severity=severity,
    )


def names_in_order(page):
    return re.findall(r'<button type="button" tabindex="-1".*?<bdi class="name">(.*?)</bdi>', page, re.DOTALL)


def test_every_letter_is_on_the_page():
    page = render_gallery([a_letter(n) for n in range(1, 61)], [], SUMMARY)

    assert names_in_order(page) == [f"候補者 {n}号" for n in range(1, 61)]


def test_letters_that_need_a_look_come_first():
    letters = [a_letter(1), a_letter(2), a_letter(3, notes=(OLD_CASE,))]

    page = render_gallery(letters, [], SUMMARY)

    assert names_in_order(page) == ["候補者 3号", "候補者 1号", "候補者 2号"]


def test_what_a_candidate_typed_cannot_become_part_of_the_page():
    typed = "</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"
    hostile = a_letter(
        1, **dict.fromkeys(("candidate_id", "name", "address", "opening", "subject", "text", "html"), typed)
    )

    page = render_gallery([hostile], [left_out(9, ja=typed, en=typed)], SUMMARY)

    assert "<img" not in page
    assert page.count("</script>") == 2
    assert "49" not in names_in_order(page)[0]


def test_the_page_allows_its_own_script_and_nothing_from_anywhere_else():
    page = render_gallery([a_letter(1)], [], SUMMARY)

    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)[1]
    assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'")
    assert not re.search(r"https?:|//cdn", policy)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)


def test_people_who_wait_for_somebody_to_act_come_before_all_others():
    groups = group_left_out(
        [
            left_out(5, "in_selection", "none"),
            left_out(6, "in_selection", "none"),
            left_out(7, "window_closed", "wait"),
            left_out(8, "name_missing"),
            left_out(9),
            left_out(10),
        ]
    )

    assert [(group.reason, len(group.people)) for group in groups] == [
        ("address_missing", 2),
        ("name_missing", 1),
        ("window_closed", 1),
        ("in_selection", 2),
    ]


def test_a_group_shows_what_its_sentences_share_and_each_person_what_differs():
    people = [
        left_out(row, "other", "wait", f"別の応募(行 {row})を待ちます。", f"Waits for row {row}.") for row in (21, 25)
    ]

    page = render_gallery([], people, SUMMARY)

    assert "別の応募(行 …)を待ちます。" in page
    assert "Waits for row …." in page
    assert "別の応募(行 21)を待ちます。" in page
    assert "別の応募(行 25)を待ちます。" in page


@pytest.mark.parametrize(
    ("sentences", "shared"),
    [
        (["空です。", "空です。"], "空です。"),
        (["行 21 です。", "行 25 です。"], "行 … です。"),
        (["行 15 です。", "行 25 です。"], "行 … です。"),
        (["「A」です。", "「AA」です。"], "「…」です。"),
        (["(行 25)が「選考中」です。", "(行 33)が「内定」です。", "(行 7)が「内定」です。"], "(行 …)が「…」です。"),
        (["2026/11/24 以降に送ります。", "2026/11/25 10:00 以降に送ります。"], "… 以降に送ります。"),
        (["まったく", "ちがう"], "…"),
        (["", "何か"], "…"),
    ],
)
def test_what_sentences_share(sentences, shared):
    assert in_common(sentences) == shared


def test_the_page_opens_in_the_language_asked_for():
    assert '<html lang="ja" data-ui="ja">' in render_gallery([], [], SUMMARY)
    assert '<html lang="en" data-ui="en">' in render_gallery([], [], SUMMARY, language="en")


def test_the_file_is_for_its_owner_only_even_where_one_stood_before(tmp_path):
    page = tmp_path / "gallery.html"
    page.write_text("yesterday's", encoding="utf-8")
    page.chmod(0o644)

    build_gallery(page, [a_letter(1)], [], SUMMARY)

    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert "候補者 1号" in page.read_text(encoding="utf-8")


def test_half_a_character_from_a_broken_import_does_not_stop_the_page(tmp_path):
    build_gallery(tmp_path / "gallery.html", [a_letter(1, name="\ud83d 健")], [], SUMMARY)

    assert "? 健" in (tmp_path / "gallery.html").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_saved_says_where_and_what_to_do(tmp_path):
    with pytest.raises(PageNotSaved, match=r"nowhere.*check that the folder is writable"):
        build_gallery(tmp_path / "nowhere" / "gallery.html", [], [], SUMMARY)
