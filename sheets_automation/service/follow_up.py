"""Follow-ups over HTTP, beside their plan: what went to whom and why, who agrees, and the tab that HR writes in."""

from __future__ import annotations

from sheets_automation.core.consents import ConsentWord
from sheets_automation.core.delivery_log import Delivery
from sheets_automation.core.layout import Layout, cell_name
from sheets_automation.core.letters_tab import letter_title
from sheets_automation.core.model import Candidate
from sheets_automation.jobs.consent import Word, day_said, record_consents, standings
from sheets_automation.jobs.follow_up import campaign_of, follow_ups_of, keep_consents, make_plan_tab
from sheets_automation.jobs.situation import sit_down
from sheets_automation.service.follow_up_documents import (
    CampaignsMade,
    ConsentLine,
    ConsentsDocument,
    ConsentWanted,
    FollowUpLine,
    FollowUpsDocument,
)
from sheets_automation.service.house import House, Room
from sheets_automation.service.planning import View
from sheets_automation.service.refusals import bad_request

_MOST_LINES = 2_000


def keep_consents_of(room: Room) -> None:
    """Put on record who agrees and who refuses by the columns of HR, before anything is sent."""
    office = room.office
    with room.writing() as workbook:
        keep_consents(workbook, office.open_desk, office.new_run(), office.config.follow_up.wording)


def follow_ups_document(view: View, candidate: str, language: str) -> FollowUpsDocument:
    """What went to whom, when and why; of one candidate where one is named."""
    situation = view.marked.plan.situation
    people = {one.id: one for one in situation.candidates}
    found = [one for one in follow_ups_of(situation) if candidate in ("", one.key.candidate_id)]
    lines = [_line(one, people.get(one.key.candidate_id), view, language) for one in found[:_MOST_LINES]]
    return FollowUpsDocument(total=len(found), follow_ups=lines)


def _line(one: Delivery, candidate: Candidate | None, view: View, language: str) -> FollowUpLine:
    claim, (campaign, why) = one.claim, campaign_of(one)
    cell = _cell(candidate, view.marked.plan.situation.layout) if candidate else ""
    return FollowUpLine(
        id=one.key.candidate_id,
        row=candidate.row if candidate else None,
        link=view.link_to(cell) if cell else None,
        name=candidate.name if candidate else "",
        number=one.key.cycle,
        at=one.at.isoformat(timespec="seconds") if one.at else None,
        state=one.state.value if one.state else "open",
        replied_at=one.replied_at.isoformat(timespec="seconds") if one.replied_at else None,
        campaign=campaign,
        why=why,
        letter=letter_title(claim.template, language) if claim and claim.template else "",
        subject=claim.subject if claim else "",
        to=claim.to_address if claim else "",
        carrier=claim.carrier if claim else "",
    )


def consents_document(room: Room, recorded: int = 0) -> ConsentsDocument:
    """Who agrees, and what proves it."""
    with room.reading() as workbook:
        desk, situation = sit_down(workbook, room.office.look_at_desk)
        link = workbook.link_to(situation.layout.place.tab)
    names = {one.row: one.name for one in situation.candidates}
    column = situation.layout.place.name_column
    lines = [
        ConsentLine(
            id=one.candidate_id,
            row=one.row,
            link=f"{link}&range={cell_name(one.row, column)}" if link else None,
            name=names[one.row],
            agrees=one.agrees,
            refused=one.refused,
            at=one.fact.at.isoformat(timespec="seconds") if one.fact else None,
            recorded_at=(
                one.fact.recorded_at.isoformat(timespec="seconds") if one.fact and one.fact.recorded_at else None
            ),
            wording=one.fact.wording if one.fact and one.fact.word is ConsentWord.GIVEN else "",
            source=one.fact.source if one.fact else "",
            actor=one.fact.actor if one.fact else "",
        )
        for one in standings(situation, desk.rules.tabs)
    ]
    wording = room.office.config.follow_up.wording
    agreed = sum(one.agrees for one in lines)
    return ConsentsDocument(recorded=recorded, agreed=agreed, wording=wording, people=lines)


def record_word(house: House, room: Room, wanted: ConsentWanted) -> ConsentsDocument:
    """Put a person's word on record. A yes without its source proves nothing, so it is refused."""
    if wanted.agrees and not wanted.source.strip():
        raise bad_request("同意をどこで確かめたか(出所)を書いてください。", "Say where the consent is known from.")
    word = Word(
        agrees=wanted.agrees,
        source=wanted.source.strip(),
        wording=wanted.wording.strip() or room.office.config.follow_up.wording,
        on=day_said(wanted.on),
    )
    with house.pen(room.workbook), room.writing() as workbook:
        recorded = record_consents(workbook, room.office.look_at_desk, room.office.new_run(), wanted.ids, word)
    return consents_document(room, recorded)


def make_campaigns(house: House, room: Room) -> CampaignsMade:
    """Make HR's tab, every campaign in it switched off; one that is there stays as it is."""
    with house.pen(room.workbook), room.writing() as workbook:
        made = make_plan_tab(workbook, room.office.look_at_desk)
    tab = room.office.config.workbook.campaigns_tab
    ja = f"「{tab}」タブを作りました。" if made else f"「{tab}」タブはもうあります。"
    en = f"The tab {tab} was made." if made else f"The tab {tab} is there already."
    return CampaignsMade(tab=tab, made=made, text=ja if room.language == "ja" else en)


def _cell(candidate: Candidate, layout: Layout) -> str:
    return f"{layout.place.tab}!{cell_name(candidate.row, layout.place.name_column)}"
