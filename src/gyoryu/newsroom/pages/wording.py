"""The words that offices and news sites print around an article, as patterns for one whole line.

A blank in a word below stands for one that may be missing: Korean forms space their labels freely.
"""

import re

SHORT, CELL = 120, 40
BULLETS = " \t□■○●◎◇◆▶▷►▣ㅇo*※·-\u2013\u2014<>[]【】()〈〉《》「」|:\uff1a,.~"


def _either(*words: str) -> str:
    return "(?:" + "|".join(word.replace(" ", r"\s?") for word in words) + ")"


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


_COLON = r"[:\uff1a|\t]"
_PHONE = r"(?:\(?(?:\+82[- ]?)?0?\d{1,3}\)?[-.) ~]\s?)?\d{3,4}\s?[-.]\s?\d{4}"

_LABEL = _either(
    "작성 일", "등록 일", "게시 일", "입력", "기사 입력", "(?:최종 )?수정", "작성 자", "등록 자",
    "글쓴이", "조회 수?", "첨부 파일", "첨부", "파일", "담당 자", "담당 부서", "부서", "연락처",
    "전화 번호?", "분류", "번호", "출처", "날짜", "제목", "추천", "댓글", "이전 글?", "다음 글?",
    "date", "views?", "hits?", "posted(?: on| by)?", "writer", "author", "attachments?", "file",
    "prev(?:ious)?", "next",
)  # fmt: skip
BOARD = _whole(rf"{_LABEL}(?:일?시?각?|자)\s*(?:{_COLON}|\s(?=\d)|$).{{0,80}}")
BOARD_LABEL = _whole(rf"(?:^|[\s|]){_LABEL}(?:일시?)?(?=[\s:|\uff1a]|$)")

# fmt: off
BUTTONS = frozenset((
    "목록", "목록보기", "목록으로", "인쇄", "인쇄하기", "프린트", "스크랩", "공유", "공유하기",
    "url", "url복사", "복사", "주소복사", "링크복사", "닫기", "검색", "글자크기", "글자", "크기",
    "크게", "작게", "확대", "축소", "페이스북", "트위터", "엑스", "카카오톡", "카카오스토리",
    "네이버블로그", "네이버밴드", "네이버", "밴드", "블로그", "맨위로", "top", "홈", "home",
    "바로보기", "미리보기", "바로가기", "다운로드", "내려받기", "뷰어", "댓글", "좋아요", "메뉴",
    "로그인", "회원가입", "의견쓰기", "의견등록", "이전글", "다음글", "이전", "다음", "list",
    "print", "share", "facebook", "twitter", "x", "linkedin", "whatsapp", "email", "e-mail",
    "copy", "link", "download", "search", "menu", "prev", "previous", "next", "tweet",
    "pinterest", "back", "to",
))
# fmt: on

HEADER = _whole(
    _either(
        "보 도 자 료", "보도 참고 자료", "보도 해명 자료", "보도 시점", "보도 일시?",
        "배 포(?: 일 시?| 시점)?", "엠바고", "즉시 보도", "press release", "news release",
        "for immediate release", r"embargo(?:ed)?\b", r"총 \d+ (?:매|쪽)",
        ".{0,30}(?:조간|석간)(?:부터|용)?.{0,20}",
    ) + r"(?!.*다\.?$).{0,60}"
)  # fmt: skip
DATE_ALONE = _whole(
    r"['\u2018\u2019]?\d{2,4}\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}\s?[.일]?\s?"
    r"(?:\([월화수목금토일]\))?\.?\s?(?:오전|오후)?\s?(?:\d{1,2}\s?[:시]\s?(?:\d{2}분?)?)?"
    r"(?:\s?(?:부터|이후|배포|보도))?"
)

CONTACTS = _whole(
    _either(
        "담 당 부 서", "담 당 자", "책 임 자", "주무 부서", "문의처?", "자료 문의", "담당 과",
        "(?:media |press )?contacts?",
    ) + rf"\s*(?:{_COLON}.{{0,100}})?"
)  # fmt: skip
_CONTACT_WORD = _either(
    "문의", "담당", "책임자", "연락처", "contact", r"tel\b", "☎", "과장", "사무관", "주무관", "팀장"
)
CONTACT_LINE = _whole(
    rf"(?=.{{0,{SHORT}}}{_PHONE}).{{0,20}}{_CONTACT_WORD}(?!.*다\.?$).{{0,{SHORT}}}"
)
PHONE_ALONE = _whole(rf"\(?(?:☎|tel\.?|전화)?\s?:?\s?{_PHONE}\)?(?:\s?[,/~]\s?\d{{1,4}})?")

RELATED = _whole(
    _either(
        "best (?:뉴스|기사|news)", "베스트 (?:뉴스|기사)",
        "(?:관련|추천|인기|최신|주요|핫|(?:가장 )?많이 (?:본|읽은)) "
        "(?:뉴스|기사|글|소식|보도 자료|포토|영상|게시물)"
        "(?: 더 보기| 목록| 보기)?",
        "이 기사와 관련된.{0,10}", "함께 (?:본|볼만한).{0,8}", "실시간 (?:뉴스|인기).{0,8}",
        "이 시각 (?:주요)? 뉴스", "분야별 뉴스",
        r"related (?:news|articles?|stories|posts?|content)",
        r"(?:most (?:read|viewed|popular)|recommended|trending)(?:\s\w+)?",
        "(?:latest|popular|more) (?:news|articles|posts|stories)", r"more\sfrom\s.{1,40}",
        r"(?:you\smay|you\smight)\salso\slike", "read (?:more|next)",
    )
)  # fmt: skip

COPYRIGHT = _whole(
    ".{0,80}"
    + _either(
        "copyright", "ⓒ", "©", r"\(c\)\s", r"all\srights?\sreserved",
        "무단 (?:전재|복제|배포|도용)",
        "재배포 금지", "저작권자", "저작권 (?:정책|보호)", "공공누리", "출처 표시", "상업적 이용",
    ) + ".{0,120}"
)  # fmt: skip
WEATHER = _whole(
    r".{0,12}(?:오늘의?|내일|주간|현재|지역|동네)?\s?(?:날씨|미세먼지|대기질|weather)\s?.{0,20}"
)
DEGREES = re.compile(r"-?\d{1,2}(?:\.\d)?\s?(?:℃|°C?)")
_PICTURE = _either("사진", "자료", "이미지", "그림", "포토", "photo", "image", "picture", "caption")
CAPTION = _whole(
    rf"[\[(<【]?\s?{_PICTURE}(?:\s?(?:설명|제공|출처|자료|by|credit|caption|courtesy))?"
    r"\s?\d{0,2}\s?[=:\uff1a|)\]>】].{0,140}"
    r"|[▲△▶▷◀◁↑].{0,160}(?:사진|왼쪽|오른쪽|가운데|기념\s?촬영|촬영하고).{0,60}"
    r"|\(?(?:photo (?:by|courtesy|credit)|image credit|credit:).{0,120}"
    r"|.{0,60}\(사진\s?[=:].{0,60}\)"
)
BYLINE = _whole(
    r"[가-힣]{2,4}\s?(?:기자|특파원|리포터)(?:\s?\(?[\w.+-]{1,60}@[\w.-]{1,60}\)?)?"
    r"|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{1,40}"
)
ATTACHED = _whole(
    r"(?:붙\s?임|첨\s?부|별\s?첨|참\s?고\s?자료)\s?\d{0,2}(?!.*다\.?$)[\s.:\uff1a)>\]】].{0,110}"
)
END_MARK = _whole(
    r"[\s\-\u2013\u2014=*]{0,6}(?:끝\s?\.?|#(?:\s?#){0,4}|-?\s?30\s?-|end)[\s\-\u2013\u2014=*]{0,6}"
)
SENTENCE = re.compile(r"(?:다|요|음|함|임)\s?\.|[.!?][\"'\u201d\u2019)]?$")
