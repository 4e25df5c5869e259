"""Nobody is counted by age, sex and the like, whatever a sheet calls its columns and tags."""

from dataclasses import replace

import pytest

from sheets_automation.core.analysis_forbidden import is_forbidden_heading, is_forbidden_label
from sheets_automation.core.headings import Field
from tests.analysis.scene import look
from tests.core.builders import candidate


@pytest.mark.parametrize(
    "heading",
    ["年齢", "年 齢(必須)", "性別", "Gender", "生年月日", "国籍", "本籍地", "家族構成", "宗教", "Age", "障がいの有無"],
)
def test_a_heading_of_what_nobody_may_be_judged_by_is_known(heading):
    assert is_forbidden_heading(heading)


@pytest.mark.parametrize("heading", ["応募媒体", "選考段階", "stage", "タグ", "Message", "trace", "スキル", "職種"])
def test_an_ordinary_heading_is_not(heading):
    assert not is_forbidden_heading(heading)


@pytest.mark.parametrize(
    "label", ["女性", "男", "30代", "３０代後半", "45歳", "既婚", "外国籍", "若手", "female", "主婦"]
)
def test_a_tag_of_what_nobody_may_be_judged_by_is_known(label):
    assert is_forbidden_label(label)


@pytest.mark.parametrize(
    "label", ["スキル強", "再応募候補", "英語可", "Python", "女性向けメディア経験", "10代理店担当"]
)
def test_an_ordinary_tag_is_not(label):
    assert not is_forbidden_label(label)


def test_such_tags_are_left_out_and_their_number_is_told():
    found = look([candidate(tags=("女性", "30代", "英語可")), candidate(row=6, tags=("女性",))])

    assert [line.name for line in found.tags] == ["英語可"]
    assert found.withheld == 2


@pytest.mark.parametrize(
    ("field", "table"), [(Field.MEDIUM, "media"), (Field.OPENING, "openings"), (Field.TAGS, "tags")]
)
def test_a_column_of_that_kind_is_no_dimension_even_if_it_is_taken_for_another(field, table):
    people = [candidate(medium="女性", opening="30代", tags=("x",))]

    assert getattr(look(people), table) != ()
    assert getattr(look(people, barred=[field]), table) == ()


def test_a_barred_stage_leaves_a_funnel_without_stages():
    found = look([replace(candidate(), stage="一次面接")], barred=[Field.STAGE])

    assert [line.name for line in found.stages] == ["応募", "内定", "採用"]
