"""Titles and words about names, for English."""

from gyoryu.newsroom.extraction.vocab import words

# The head of a title; what stands before it ("Deputy", "Foreign") is found by its own list.
TITLE_HEADS = (
    "President", "Vice President", "Prime Minister", "Premier", "Chancellor", "Taoiseach",
    "Minister", "Secretary", "Secretary General", "Secretary-General", "Under Secretary",
    "Undersecretary", "Governor", "Lieutenant Governor", "Vice Governor", "Mayor", "Vice Mayor",
    "Ambassador", "Senator", "Representative", "Congressman", "Congresswoman", "King", "Queen",
    "Prince", "Princess", "Crown Prince", "Emir", "Amir", "Sultan", "Sheikh", "Pope", "Chairman",
    "Chairwoman", "Chairperson", "Chair", "CEO", "CTO", "CFO", "COO", "Chief Executive Officer",
    "Director", "Director General", "Director-General", "Commissioner", "Administrator",
    "Advisor", "Adviser", "Spokesperson", "Spokesman", "Spokeswoman", "Envoy", "General",
    "Admiral", "Colonel", "Speaker", "Party Secretary", "Consul General", "Chargé d’Affaires",
    "Professor", "Attorney General", "High Representative", "Special Assistant", "First Lady",
    "First Gentleman", "Second Gentleman", "Counselor", "Counsellor", "Coordinator",
    "Trade Representative", "Managing Director", "Chief of Staff", "Chief", "Head", "Manager",
    "Superintendent", "Principal", "Dean", "Chancellor", "Deputy", "Official", "Leader",
    "Founder", "Partner", "Justice", "Judge", "Surgeon General", "Archbishop", "Cardinal",
    "Officer", "Member", "Executive Vice President", "Senior Vice President", "Vice Chairman",
    "Vice Minister", "Treasurer", "Monarch", "Majesty", "Highness",
)  # fmt: skip

# Words that may stand before the head of a title without being part of a name.
QUALIFIERS = words(
    """
    Deputy Vice Acting Former Foreign Finance Defense Defence Trade Interior Health Special
    Senior Principal Assistant Associate Executive Chief Party First Second Presidential National
    Security Homeland Economic Policy Climate Energy Press Council Federal State Provincial
    Lieutenant Honorary Regional Global
    """
)

# A name never contains these words.
NOT_NAMES = words(
    """
    The A An And In On At Of For To From With By As This That These Those His Her Their Its Our
    We He She They It United States Republic Kingdom State City Province Government Department
    Ministry House White Council Committee Administration Embassy University Union Commission
    Congress Senate Assembly Parliament Office Bureau Agency Bank Corporation Company Group
    Association Foundation Institute Center Centre Organization Organisation Forum Summit
    Agreement Partnership Initiative Statement Meeting Conference Ministerial Today Yesterday
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June
    July August September October November December Northern Southern Eastern Western Central
    International National Global World Economic Trade Foreign Affairs Security Defense Defence
    Energy Climate Health Commerce Treasury Labor Education Agriculture Transportation Interior
    Homeland Justice Development Cooperation Investment Business Industry Technology Science
    Culture Tourism Sports Environment Minister Ministers President Presidents Secretary Governor
    Mayor Ambassador Director Chairman Chair Deputy Vice Prime General Senior Special Executive
    Chief Officer Delegation Administration’s Leaders Leader Members
    Member Participants Officials Following During After Before Under Both All Also However Going
    Meanwhile Notably Additionally Furthermore Through Since While When Where About Economics Market
    Internal
    Finance Resources Labour Innovation Enterprise Strategic External Relations Critical Emerging
    Technologies Korea Korean Korea’s China Chinese Japan Japanese American America U.S. US UK EU
    UN NATO ASEAN G7 G20 COP28 Inc Ltd Innovation Support Program Programme Act Order
    Law Plan Strategy Fund Project Day Week Year Month Readout Remarks Fact Sheet Joint Press
    Release Call Visit Participation Welcomes Announces Travel Party Coast Guard Action Task
    Force Board Coalition Alliance Dialogue Peace Corps Gulf Bay Ocean Pacific Atlantic Asia
    Africa Europe Middle Indo-Pacific Americas Harmonized Fiscal Economy Supply Chain Airlines
    Airport Systems Electronics Motors Convention Hotel Museum Memorial Hall Park’s Square
    Building Residence Library Annex Delivers Secures Announced Met Corporate Marketing Operating
    Financial Information Technical Product Strategy Legal Commercial Discussed Signed Said
    Stated Added Honorable Industry’s Global’s Semiconductor Industries Workers Digital Free Fair
    Open
    """
)


PARTICLES = (
    "van", "von", "der", "den", "de", "da", "dos", "del", "della", "di", "la", "le", "bin",
    "bint", "ibn", "al", "el", "ter", "ten", "du", "of",
)  # fmt: skip
