"""Tells done from planned, pursued, hoped and recalled, by closed lists of endings and verbs."""

from __future__ import annotations

import re

# What follows a Korean action noun (`체결`, `개최`) settles whether it was done.
_KO_DONE = re.compile(
    r"\s?(?:식?[을를이가]?\s?(?:성공적으로\s|각각\s|정식\s?|최종\s|공식\s?)?)?"
    r"(?:했|하였|됐|되었|이뤄졌|이루어졌|열렸|가졌|진행했|진행됐|진행되었|진행하였|개최했|"
    r"개최됐|거행|마쳤|성사됐|이끌어\s?냈|었|었다|졌)"
)
_KO_LINK = re.compile(
    r"\s?(?:하고|하며|하여|해(?=[\s,])|하면서|되며|되고|돼(?=[\s,])|함으로써|고\s|으며|"
    r"어\s|고,|되면서|[한된]\s(?:후|뒤|다음|가운데))"
)
_KO_PLANNED = re.compile(
    r"\s?(?:식?[을를이가도]?\s?)?(?:할|될|하기로|기로|을\s예정|는다|하기\s?위|한다|된다|예정|계획|추진|되도록|"
    r"하도록|을\s위|를\s위|을\s목표|하자|에\s합의|하는\s데\s합의"
    r"|앞두|논의|협의|검토|준비|제안|희망|요청|기대|촉구|전망|가능|돌입|착수|직전|"
    r"전\s?단계|임박|하겠|해\s?나갈|해야|을\s통해\s.{0,30}?(?:계획|예정))"
)
_KO_FUTURE_END = re.compile(
    r"(?:예정(?!인\s|된\s|대로)|계획(?!에\s|대로|의\s)|전망|방침|기대(?:한다|된다|하고)|"
    r"나갈\s?(?:것(?!을)|예정|계획|방침)|나간다|겠다|기로\s?(?:했|하였|"
    r"합의)|(?:한|된|린|는|힌|선|간|운)다(?:고\s?(?:밝혔|전했|말했))?|목표)"
    r"[^.]{0,24}[.”\"’']{0,2}\s*$"
)
# Every syllable that closes on ㅆ marks the past, except 겠.
_PAST = (
    "".join(chr(code) for code in range(0xAC00 + 20, 0xD7A4, 28))
    .replace("겠", "")
    .replace("있", "")
)
_KO_PAST_END = re.compile(rf"(?:[{_PAST}]다?|하였|되었)[^.]{{0,10}}[.”\"’']{{0,2}}\s*$")
_CLOSING = ("”", '"', "」", "'", "’")
_KO_REPORTED = re.compile(
    r"(?P<that>[다라자냐]고|라며|다며)\s?[^.]{0,14}?"
    r"(?:밝혔|전했|말했|강조했|설명했|언급했|덧붙였|당부했|답했)[^.]{0,8}\.?\s*$"
)
_PAST_REPORTED = re.compile(rf"[{_PAST}]다고$")
_PLAN_REPORTED = re.compile(r"(?:[한된린는힌선간운]|이라|예정이|계획이|겠)다고$|라고$")
_KO_AGREED_END = re.compile(r"기로\s?(?:했|하였|합의|뜻을|의견을)[^.]{0,20}\.?\s*$")


def korean(after: str, sentence: str) -> str:
    """Grade a Korean action by what follows it: `done`, `planned`, `linked`, or `open`.

    `linked` is done on the way to something agreed (`체결하고 … 협력하기로 했다`).
    """
    if _KO_DONE.match(after):
        return "done"
    if _KO_PLANNED.match(after):
        return "planned"
    if not _KO_LINK.match(after):
        return "open"
    if ends_in_accord(sentence):
        return "linked"
    return sentence_tense(sentence)


def sentence_tense(sentence: str) -> str:
    """Tell by its end whether a Korean sentence reports something done or announces a plan."""
    tail = sentence[-60:]
    reported = _KO_REPORTED.search(tail)
    if reported:
        tail = tail[: reported.end("that")]
        if _PAST_REPORTED.search(tail):
            return "done"
        if _PLAN_REPORTED.search(tail):
            return "planned"
    if _KO_FUTURE_END.search(tail):
        return "planned"
    return "done" if _KO_PAST_END.search(tail) else "open"


def ends_in_quote(sentence: str) -> bool:
    """`만나 “…”라고 말했다`: what comes before somebody's words was held."""
    tail = sentence[-60:]
    reported = _KO_REPORTED.search(tail)
    return bool(reported) and tail[: reported.start() if reported else 0].rstrip()[-1:] in _CLOSING


_ATTITUDE = re.compile(
    r"(?:(?:희망|기대|환영|감사|생각|평가|공감|확신|지지)(?:한|된|하고\s있)|바란|믿는)다고\s?[^.]{0,14}?"
    r"(?:밝혔|전했|말했|강조했|언급했)[^.]{0,8}\.?\s*$"
)


def ends_in_attitude(sentence: str) -> bool:
    """`만나 … 희망한다고 밝혔다`: what comes before somebody's hopes was held."""
    return bool(_ATTITUDE.search(sentence[-60:]))


def ends_in_accord(sentence: str) -> bool:
    """`면담하고 … 강화하기로 하였다`: what comes before an accord was held."""
    return bool(_KO_AGREED_END.search(sentence[-60:]))
