"""The ordinance that ships: what a Korean province's exchange ordinance asks of its agreements.

The articles are an invented province's; their shape is that of the ordinances in force, and of
article 47 of the Local Autonomy Act, by which a council decides on ties with foreign governments.
Every government changes these rules on the policy page; nothing reads them from here but the
installation.
"""

from datetime import date
from typing import Any

from gyoryu.agreements.models import Agreement, DutyTemplate
from gyoryu.agreements.models.duties import DutyKind

TRIGGER = DutyTemplate.Trigger
# The day the invented ordinance took effect; agreements signed before are not asked for what
# comes before a signing, and are first evaluated a year after it.
SINCE = date(2020, 1, 1)

SHIPPED: list[dict[str, Any]] = [
    {
        "kind": DutyKind.PRE_REVIEW,
        "name_ko": "사전검토",
        "name_en": "Pre-review",
        "basis_ko": "교류 조례 제6조, 서명 전",
        "basis_en": "Exchange Ordinance art. 6, before signing",
        "trigger": TRIGGER.BEFORE_SIGNING,
        "days": 14,
    },
    {
        "kind": DutyKind.COUNCIL_CONSENT,
        "agreement_kinds": [Agreement.Kind.SISTERHOOD],
        "name_ko": "도의회 동의",
        "name_en": "Council consent",
        "basis_ko": "지방자치법 제47조, 교류 조례 제7조, 서명 전",
        "basis_en": "Local Autonomy Act art. 47, Exchange Ordinance art. 7, before signing",
        "trigger": TRIGGER.BEFORE_SIGNING,
        "days": 60,
    },
    {
        "kind": DutyKind.PUBLICATION,
        "name_ko": "협약 대장 공표",
        "name_en": "Publication in the register",
        "basis_ko": "교류 조례 제9조, 매월 5일까지",
        "basis_en": "Exchange Ordinance art. 9, by the 5th of every month",
        "trigger": TRIGGER.EVERY,
        "months": 1,
        "days": 5,
    },
    {
        "kind": DutyKind.EVALUATION,
        "name_ko": "평가회의",
        "name_en": "Evaluation meeting",
        "basis_ko": "교류 조례 제12조, 12개월마다",
        "basis_en": "Exchange Ordinance art. 12, every 12 months",
        "trigger": TRIGGER.EVERY,
        "months": 12,
    },
    {
        "kind": DutyKind.COMMITTEE_REPORT,
        "name_ko": "상임위원회 보고",
        "name_en": "Report to the committee",
        "basis_ko": "교류 조례 제14조, 회의 뒤 30일 안",
        "basis_en": "Exchange Ordinance art. 14, within 30 days of the meeting",
        "trigger": TRIGGER.AFTER_EVALUATION,
        "days": 30,
    },
    {
        "kind": DutyKind.RENEWAL_NOTICE,
        "name_ko": "갱신 통보",
        "name_en": "Notice of renewal",
        "basis_ko": "교류 조례 제15조, 만료 90일 전까지",
        "basis_en": "Exchange Ordinance art. 15, 90 days before the term ends",
        "trigger": TRIGGER.BEFORE_END,
        "days": 90,
    },
    {
        "kind": DutyKind.REVIEW_SUSPENSION,
        "name_ko": "정지 사유 재검토",
        "name_en": "Review of the suspension",
        "basis_ko": "교류 조례 제16조, 정지 뒤 12개월마다",
        "basis_en": "Exchange Ordinance art. 16, every 12 months of a suspension",
        "trigger": TRIGGER.EVERY,
        "months": 12,
    },
]
