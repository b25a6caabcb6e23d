"""Who appears in the stories. Every personal name here is invented."""

from gyoryu.sample.book import Book

# key, kind, Korean, English, region (ISO 3166 code or English name)
ORGANISATIONS = [
    ("gg", "government", "경기도", "Gyeonggi Province", "KR-41"),
    ("gg-icb", "government", "경기도 국제협력국", "Gyeonggi International Cooperation Bureau", "KR-41"),
    ("gto", "agency", "경기관광공사", "Gyeonggi Tourism Organization", "KR-41"),
    ("gbc-sh", "centre", "경기비즈니스센터 상하이", "Gyeonggi Business Centre Shanghai", "CN-SH"),
    ("hwaseong", "government", "화성시", "Hwaseong City", "KR-41"),
    ("yancheng", "government", "옌청시 인민정부", "Yancheng Municipal People's Government", "CN-JS"),
    ("js", "government", "장쑤성 인민정부", "Jiangsu Provincial People's Government", "CN-JS"),
    ("js-fao", "government", "장쑤성 외사판공실", "Jiangsu Foreign Affairs Office", "CN-JS"),
    ("ut", "government", "유타주", "State of Utah", "US-UT"),
    ("delta", "company", "델타항공", "Delta Air Lines", "US-GA"),
    ("ak", "government", "알래스카주", "State of Alaska", "US-AK"),
    ("us-emb", "government", "주한 미국대사관", "Embassy of the United States in Seoul", "KR-11"),
    ("ibm", "company", "IBM", "IBM", "US-NY"),
    ("cisco", "company", "시스코시스템즈", "Cisco Systems", "US-CA"),
    ("cisco-kr", "company", "시스코코리아", "Cisco Korea", "KR-11"),
    ("moj", "government", "법무부", "Ministry of Justice", "KR"),
    ("moj-imm", "government", "법무부 출입국·외국인정책본부", "Korea Immigration Service", "KR"),
    ("ggw", "centre", "경기도외국인복지센터협의회", "Gyeonggi Foreign Residents' Centres Association", "KR-41"),
    ("suwon-c", "centre", "수원시외국인복지센터", "Suwon Foreign Residents' Centre", "KR-41"),
    ("ansan-c", "centre", "안산시외국인주민지원본부", "Ansan Foreign Residents' Office", "KR-41"),
    ("gunpo-c", "centre", "군포시이주와다문화센터", "Gunpo Migration and Family Centre", "KR-41"),
    ("yb-com", "government", "옌볜조선족자치주 상무국", "Yanbian Prefecture Bureau of Commerce", "CN-JL"),
    ("yj-zone", "agency", "옌지고신기술산업개발구", "Yanji High-tech Zone", "CN-JL"),
    ("jl-trade", "company", "지린동방무역유한공사", "Jilin Dongfang Trading Co., Ltd.", "CN-JL"),
    ("gbsa", "agency", "경기도경제과학진흥원", "Gyeonggi Business & Science Accelerator", "KR-41"),
]  # fmt: skip
# an office and the organisation it belongs to
ABOVE = {"gg-icb": "gg", "js-fao": "js", "moj-imm": "moj", "cisco-kr": "cisco"}
# key, names, titles, organisation
PEOPLE = [
    ("governor", ("윤해준", "Yoon Haejun"), ("지사", "Governor"), "gg"),
    ("dg", ("강도현", "Kang Dohyun"), ("국제협력국장", "Director General for International Cooperation"), "gg-icb"),
    ("ai-dir", ("류시헌", "Ryu Siheon"), ("AI국장", "Director of AI"), "gg"),
    ("tour-dir", ("임세라", "Lim Sera"), ("관광산업과장", "Director of Tourism Industry"), "gg"),
    ("imm-dir", ("차은결", "Cha Eungyeol"), ("이민사회국장", "Director General for Immigrant Community"), "gg"),
    ("js-sec", ("저우밍위안", "Zhou Mingyuan"), ("당서기", "Party Secretary"), "js"),
    ("js-dg", ("천루이", "Chen Rui"), ("외사판공실 주임", "Director General"), "js-fao"),
    ("ut-gov", ("대니얼 하트", "Daniel Hart"), ("주지사", "Governor"), "ut"),
    ("ut-dir", ("멜리사 그랜트", "Melissa Grant"), ("국제통상국장", "Director of International Trade"), "ut"),
    ("delta-head", ("앤서니 리브스", "Anthony Reeves"), ("미주 영업부장", "Head of US Sales"), "delta"),
    ("ak-gov", ("마이클 브룩스", "Michael Brooks"), ("주지사", "Governor"), "ak"),
    ("amb", ("조지프 랜들", "Joseph Randall"), ("대사대리", "Chargé d'affaires"), "us-emb"),
    ("ibm-vc", ("고든 휘트필드", "Gordon Whitfield"), ("부회장", "Vice Chairman"), "ibm"),
    ("cisco-pres", ("토머스 웰런", "Thomas Whelan"), ("아시아태평양·일본·중화권 사장", "President, APJC"), "cisco"),
    ("cisco-ceo", ("배수현", "Bae Suhyun"), ("대표", "CEO"), "cisco-kr"),
    ("yb-dir", ("박성호", "Piao Chenghao"), ("국장", "Director"), "yb-com"),
    ("jl-ceo", ("왕리신", "Wang Lixin"), ("총경리", "General Manager"), "jl-trade"),
]  # fmt: skip


def enter(book: Book) -> str:
    """Add everybody; return what was added."""
    for key, kind, ko, en, region in ORGANISATIONS:
        book.organisation(key, kind, ko, en, region, ABOVE.get(key, ""))
    for key, names, titles, of in PEOPLE:
        book.person(key, names, titles, of)
    return f"{len(ORGANISATIONS)} organisations and {len(PEOPLE)} people of the stories"
