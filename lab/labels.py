"""Label sets of the reader, and the rules that turn foreign annotation into them."""

from __future__ import annotations

import re

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
TYPES = (
    "person group government military organisation igo media place nationality weapon platform money quantity"
).split()
NAME_TAGS = ["O", *(f"{side}-{kind}" for kind in TYPES for side in "BI")]
HEAD_TYPES = ["O", *(kind for kind in TYPES if kind not in ("nationality", "money", "quantity"))]
BIO = ["O", "B", "I"]
ENTITY_TYPES = "Person Organisation Location Nationality Weapon MilitaryPlatform Money Quantity".split()
"""re3d's types, told with its own extents: a state that acts is an Organisation there, whole phrases
count."""
ENTITY_TAGS = ["O", *(f"{side}-{kind}" for kind in ENTITY_TYPES for side in "BI")]
PARTY_TAGS = ["O", *(f"{side}-{kind}" for kind in ("source", "target", "related") for side in "BI")]
"""Who acts, who is acted upon and who else has a part, in the manner of the CAMEO NER data."""
EVENT_TYPES = (
    "none AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
    "SANCTION MOBILIZE COERCE ASSAULT"
).split()
TIE_TYPES = (
    "none allegiance command affiliation alliance rivalry sponsorship contact presence leadership office "
    "composition succession"
).split()
RELATION_TYPES = "none BelongsTo InChargeOf FightingAgainst AlliesOf CommWith".split()
"""re3d's ties between mentions, told in its own way: who holds a town is in charge of it there."""
PAIR_HEADS = {"event": EVENT_TYPES, "tie": TIE_TYPES, "relation": RELATION_TYPES}
REALIS = "actual historical future hypothetical".split()
POLARITY = "positive negative".split()
YIELD = ("CONCEDE", "RETREAT")
"""The two types that the PLOVER dyads have under one name."""
ROLES = ["O", "B-source", "I-source", "B-content", "I-content"]

MASK = -100
"""Marks a word whose label a source does not tell."""

_IGO = re.compile(
    r"\b(united nations|un|u\.n\.|security council|european union|eu|european commission|nato|"
    r"african union|arab league|asean|opec|osce|imf|international monetary fund|world bank|unicef|"
    r"unesco|unhcr|who|world health organization|iaea|interpol|gulf cooperation council|gcc|"
    r"ecowas|icc|international criminal court|world trade organi[sz]ation|wto|g7|g20|g8|"
    r"north atlantic|red cross|human rights council|amisom|organi[sz]ation for|organi[sz]ation of|"
    r"opcw)\b",
    re.I,
)
_MEDIA = re.compile(
    r"\b(news|newspaper|times|post|reuters|press|agency france|bbc|cnn|nbc|abc|cbs|radio|"
    r"television|tv|journal|magazine|herald|tribune|gazette|broadcasting|broadcaster|media|"
    r"al jazeera|guardian|telegraph|journalists?|reporters?|daily|breitbart|associated press|"
    r"xinhua|tass|interfax|amaq|fox)\b",
    re.I,
)
_MILITARY = re.compile(
    r"\b(army|navy|air force|armed forces|military|troops?|soldiers?|marines?|battalion|brigade|"
    r"regiment|squadron|coalition|pentagon|peshmerga|security forces|coast guard|border guards?|"
    r"guard corps|revolutionary guards?|task force|command|centcom|airmen|sailors|infantry|"
    r"joint operations|defen[sc]e forces?|special forces|government forces|iraqi forces|warplanes|"
    r"servicemen|service members?|raf|air strikes?)\b",
    re.I,
)
_GROUP = re.compile(
    r"\b(isis|isil|daesh|islamic state|taliban|al[- ]?qa[ie]da|hezbollah|hizbullah|hamas|"
    r"boko haram|al[- ]shabaab|nusra|front|militants?|militias?|rebels?|insurgents?|fighters?|"
    r"extremists?|terrorists?|jihadis?t?s?|gunm[ae]n|attackers?|protest[eo]rs?|demonstrators?|"
    r"separatists?|guerrillas?|gangs?|cartels?|movement|brigades|martyrs|liberation|resistance|"
    r"democratic forces|sdf|pkk|ypg|farc|houthis?|mujahid[ei]+n|kurds|sunnis?|shi[ai]s?|tribes?|"
    r"people|civilians|residents|communit(?:y|ies)|refugees|muslims|yazidis|christians|militant|"
    r"group of|jihad|opposition|activists|hackers|supporters|ethnic|mob|crowd|families|is|"
    r"is militants|victims|citizens|migrants|children|women|men|population|students|workers)\b",
    re.I,
)
_GOVERNMENT = re.compile(
    r"\b(government|ministry|ministries|minister|ministers|department|cabinet|parliament|congress|"
    r"senate|house of|white house|kremlin|state department|treasury|president|presidency|"
    r"administration|police|court|supreme|embassy|foreign office|home office|authorit(?:y|ies)|"
    r"council|officials?|agency|fbi|cia|nsa|dhs|secretariat|regime|justice|office of|commission|"
    r"committee|bureau|judiciary|municipality|governorate|intelligence|leaders|downing street|"
    r"diplomats?|politicians|lawmakers|mosad|inter-services|legislature|krg|dfid|fco)\b",
    re.I,
)
_STATE = re.compile(
    r"^(the )?(us|u\.s\.|usa|uk|united states|united kingdom|russia|iran|iraq|syria|turkey|"
    r"saudi arabia|israel|france|germany|britain|china|qatar|jordan|lebanon|egypt|america|"
    r"australia|kuwait|canada|ukraine|afghanistan|pakistan|india|north korea|south korea|japan|"
    r"washington|moscow|tehran|baghdad|damascus|ankara|beijing)$",
    re.I,
)

WEAPONS = frozenset(
    """bomb bombs rifle rifles missile missiles rocket rockets mortar mortars grenade grenades shell shells
    gun guns pistol pistols ammunition explosive explosives ied ieds vbied vbieds artillery weapon weapons
    mine mines landmine landmines machete machetes knife knives sword munitions warhead warheads torpedo
    handgun revolver shotgun ak-47 kalashnikov bullet bullets dynamite firearm firearms""".split()
)
PLATFORMS = frozenset(
    """tank tanks helicopter helicopters aircraft drone drones jet jets warship warships frigate destroyer
    submarine submarines bomber bombers humvee humvees warplane warplanes airplane airplanes gunboat
    gunboats uav uavs vessel vessels""".split()
)
ARMS_BEFORE = frozenset(
    """car truck roadside suicide barrel assault ballistic cruise chemical nuclear heavy light automatic
    machine hand anti-tank petrol nail pipe land surface-to-air fighter attack military armored armoured
    transport combat surveillance patrol artillery mortar rocket nerve small""".split()
)
"""What may stand before an arm's noun as part of its name."""

PERSONS = frozenset(
    """man woman boy girl president minister spokesman spokeswoman spokesperson leader commander official
    officer soldier militant rebel fighter gunman attacker terrorist insurgent bomber journalist reporter
    activist protester lawyer judge mayor governor senator ambassador diplomat analyst expert resident
    witness teacher student doctor father mother son daughter brother sister wife husband director
    chairman secretary king queen prince professor author speaker chief general colonel captain sergeant
    lawmaker politician candidate citizen worker farmer victim suspect prisoner i he she me him my his her
    myself himself herself mine hers head premier chancellor envoy deputy prosecutor refugee""".split()
)
GROUPS = frozenset(
    """militants rebels fighters gunmen attackers terrorists insurgents bombers journalists reporters
    activists protesters protestors demonstrators lawyers residents witnesses teachers students doctors
    people men women children civilians citizens workers farmers victims suspects prisoners refugees
    migrants villagers militia militias gang gangs separatists guerrillas jihadists extremists supporters
    opposition crowd mob tribe tribes they them their we us our themselves ourselves hostages families
    leaders analysts experts critics voters hackers pirates smugglers settlers parents soldiers\u2019
    passengers""".split()
)
GOVERNMENTS = frozenset(
    """government governments ministry ministries parliament cabinet congress senate police authorities
    officials administration regime court courts embassy policeman policemen lawmakers ministers diplomats
    judges prosecutors""".split()
)
MILITARIES = frozenset(
    """troops soldiers army armies military navy forces battalion brigade brigades regiment squadron marines
    coalition airmen sailors commandos peacekeepers servicemen""".split()
)
MEDIA = frozenset("newspaper newspapers magazine media broadcaster press".split())
ORGANISATIONS = frozenset(
    """company companies firm firms organization organisation organizations organisations university union
    unions charity bank banks agency agencies group groups party parties club hospital ngo ngos institute
    foundation school corporation business businesses committee""".split()
)


def organisation_type(text: str) -> str:
    """Which of our organisation types a span tagged only as an organisation most likely is."""
    if text.islower() and " " not in text:
        # A pronoun or common noun: "who" is no acronym, "is" no group.
        return head_type(text) or "organisation"
    if _IGO.search(text):
        return "igo"
    if _STATE.match(text):
        return "government"
    for kind, pattern in (
        ("media", _MEDIA),
        ("military", _MILITARY),
        ("group", _GROUP),
        ("government", _GOVERNMENT),
    ):
        if pattern.search(text):
            return kind
    return "organisation"


def head_type(word: str) -> str | None:
    """Type of a common noun or pronoun that heads a mention by itself, where the word alone tells."""
    low = word.lower()
    for kind, words in (
        ("person", PERSONS),
        ("group", GROUPS),
        ("government", GOVERNMENTS),
        ("military", MILITARIES),
        ("media", MEDIA),
        ("organisation", ORGANISATIONS),
        ("weapon", WEAPONS),
        ("platform", PLATFORMS),
    ):
        if low in words:
            return kind
    return None


def nominal_type(word: str, kind: str, plural: bool) -> str:
    """Type of a nominal head that a source calls a person, an organisation or a place."""
    if kind == "place":
        return "place"
    told = head_type(word)
    if told is not None and told not in ("weapon", "platform"):
        return told
    if kind == "person":
        return "group" if plural else "person"
    return organisation_type(word)


NATIONALITIES = frozenset(
    """American British French German Russian Chinese Iranian Iraqi Syrian Turkish Israeli Palestinian Saudi
    Egyptian Jordanian Lebanese Yemeni Qatari Kuwaiti Afghan Pakistani Indian Japanese Korean Ukrainian
    Polish Italian Spanish Greek Dutch Belgian Swedish Norwegian Danish Canadian Mexican Brazilian
    Colombian Venezuelan Cuban Australian Somali Nigerian Kenyan Ethiopian Sudanese Libyan Tunisian
    Algerian Moroccan Kurdish Arab Malian Congolese Rwandan Ugandan Philippine Filipino Indonesian
    Malaysian Thai Vietnamese Burmese Bangladeshi Georgian Armenian Azerbaijani Chechen Uzbek Tajik Kazakh
    Serbian Croatian Bosnian Hungarian Austrian Swiss Irish Scottish European African Asian Western
    Haitian Salvadoran Peruvian Chilean Argentine Hispanic Cypriot Eritrean Chadian Cameroonian Senegalese
    Ghanaian Ivorian Zimbabwean Tamil Uighur Sunni Shiite Muslim Christian Jewish Eritrean Romanian
    Bulgarian Czech Slovak Finnish Estonian Latvian Lithuanian Portuguese Catalan""".split()
)
"""Adjectives that, before a common noun, name a nationality or community."""

STATES = (
    "U.S.", "US", "United States", "the United States", "UK", "U.K.", "Britain", "United Kingdom",
    "Russia", "Iran", "Iraq", "Syria", "Turkey", "Israel", "France", "Germany", "Ukraine",
    "North Korea", "South Korea", "Saudi Arabia", "Washington", "Moscow", "London", "Paris", "Beijing",
    "Tehran", "Baghdad", "Damascus", "Kabul", "Brussels", "New York", "California", "Texas", "Florida",
    "Ohio", "Iowa", "New Hampshire", "America", "Europe", "Africa", "Libya", "Yemen", "Egypt",
    "Pakistan", "Somalia", "Nigeria", "Sudan", "Mexico", "Cuba", "Gaza", "Jerusalem",
)  # fmt: skip
