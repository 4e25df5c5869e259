"""HR's campaigns as the page shows them: each with its numbers, and what is wrong with the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sheets_automation.core.follow_up_guards import by_candidate
from sheets_automation.core.letters_tab import letter_title
from sheets_automation.jobs.follow_up import campaign_of
from sheets_automation.service.documents import CampaignShown, CampaignsShown, PlanProblem
from sheets_automation.service.planning import View


def campaigns_shown(view: View, language: str) -> CampaignsShown | None:
    """The campaigns that are in use; None where results are written."""
    if view.campaigns is None:
        return None
    plan = view.marked.plan
    due = Counter(one.candidate.occasion.campaign for one in plan.letters if one.candidate.occasion)
    deliveries = [one for found in by_candidate(plan.situation.log.deliveries).values() for one in found]
    sent = Counter(campaign_of(one)[0] for one in deliveries if one.is_told)
    active = {one.name for one in view.campaigns.active}
    tab = view.marked.desk.rules.tabs.campaigns
    return CampaignsShown(
        tab=tab,
        is_there=view.campaigns.tab.is_there,
        link=view.links.get(tab),
        campaigns=[
            CampaignShown(
                name=one.name,
                letter=letter_title(f"{one.letter}.ja", "ja") if language == "ja" else one.letter,
                means=one.means.value,
                cell=one.cell,
                link=view.link_to(one.cell),
                letters=due[one.name],
                sent=sent[one.name],
                rests=one.name not in active,
            )
            for one in view.campaigns.tab.campaigns
        ],
    )


def problems_of_campaigns(view: View, language: str) -> Iterator[PlanProblem]:
    """What is wrong with rows of HR's plan: such a row is not followed, and the others are."""
    for one in view.campaigns.problems if view.campaigns else ():
        link = view.link_to(one.where)
        yield PlanProblem(name="campaign", text=one.text(language), stops=False, cell=one.where, link=link)
