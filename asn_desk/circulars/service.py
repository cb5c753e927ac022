"""What a clerk does with circulars: publish, revise, follow the audience, mark, undo, remind, close. One verb each."""

from __future__ import annotations

from asn_desk.circulars.chasing import attach_evidence, cover, remind, withdraw_evidence
from asn_desk.circulars.many import Signed, hand_over, mark_printed, sign_many
from asn_desk.circulars.marking import (
    Acknowledge,
    Coded,
    Evidence,
    Mark,
    MarkResult,
    acknowledge,
    acknowledge_code,
    acknowledge_many,
    find_codes,
    undo,
)
from asn_desk.circulars.papers.sheets import prepare_sheets
from asn_desk.circulars.publishing import (
    PublishCircular,
    Published,
    ReviseCircular,
    close,
    publish,
    publish_with_letter,
    reopen,
    revise,
    revise_with_letter,
)
from asn_desk.circulars.refreshing import RefreshPlan, add_people, plan_refresh, refresh_audience, remove_person

__all__ = [
    "Acknowledge", "Coded", "Evidence", "Mark", "MarkResult", "PublishCircular", "Published", "RefreshPlan",
    "ReviseCircular", "Signed", "acknowledge", "acknowledge_code", "acknowledge_many", "add_people", "attach_evidence",
    "close", "cover", "find_codes", "hand_over", "mark_printed", "plan_refresh", "prepare_sheets", "publish",
    "publish_with_letter", "refresh_audience", "remind", "remove_person", "reopen", "revise", "revise_with_letter",
    "sign_many", "undo", "withdraw_evidence",
]  # fmt: skip
