"""Words that steer the detection and resolution of place names."""

from __future__ import annotations

LOCATIVES = frozenset(
    """in at near from to into around across throughout outside inside within toward towards via through
    onto of off over along beyond between amid north south east west northeast northwest southeast
    southwest leaving entering""".split()
)
"""Prepositions after which a name is likely that of a place."""

ASSAULTS = frozenset(
    """
    attack raid strike airstrike assault offensive siege bombardment shelling bombing march advance incursion
    operation onslaught crackdown
    """.split()
)
"""Nouns whose "on" is followed by a place as often as by a person."""

GENERICS: dict[str, str] = {
    "province": "admin1", "provinces": "admin1", "governorate": "admin1", "governorates": "admin1",
    "state": "admin1", "states": "admin1", "oblast": "admin1", "department": "admin1",
    "departments": "admin1", "republic": "admin1", "prefecture": "admin1", "canton": "admin1",
    "territory": "admin1", "krai": "admin1", "wilayat": "admin1", "voivodeship": "admin1",
    "district": "district", "districts": "district", "county": "district", "counties": "district",
    "parish": "district", "subdistrict": "district", "borough": "district",
    "municipality": "district", "raion": "district", "tehsil": "district", "agency": "district",
    "city": "city", "town": "city", "village": "city", "hamlet": "city", "township": "city",
    "capital": "city", "port": "city", "suburb": "city", "settlement": "city", "neighborhood": "city",
    "neighbourhood": "city", "camp": "city", "towns": "city", "villages": "city", "cities": "city",
    "river": "water", "rivers": "water", "lake": "water", "sea": "water", "ocean": "water", "gulf": "water",
    "strait": "water", "straits": "water", "canal": "water", "bay": "water", "channel": "water",
    "basin": "region", "valley": "region", "mountains": "region", "mountain": "region", "mount": "region",
    "peninsula": "region", "desert": "region", "island": "region", "islands": "region", "region": "region",
    "plateau": "region", "forest": "region", "delta": "region", "strip": "region", "hills": "region",
    "coast": "region", "border": "region",
}  # fmt: skip
"""Generic words beside a name, and the kind of place they announce."""

JOINED_GENERICS = frozenset(
    """province governorate state oblast county parish district river lake sea ocean gulf strait canal
    bay valley mountains peninsula desert island islands region delta strip city township territory
    mount channel hills forest borough municipality prefecture coast""".split()
)
"""Generic words that belong to the name where they are capitalised: "Rapides Parish", "Panj River"."""

CONNECTORS = frozenset(
    """of de del la las los el al da do das dos di du den der van von le les and y ad ar as ash at az ez
    es ul - – ' ’ . an en au aux sous sur upon on the e i""".split()
)
"""Words and marks that may stand inside a name between its capitalised words."""

DIRECTIONS = frozenset(
    """north south east west northern southern eastern western central northeast northwest southeast
    southwest northeastern northwestern southeastern southwestern north-eastern north-western upper
    lower greater mid""".split()
)

NEVER = frozenset(
    """a an the i he she it we they you in on at of to and or but if as so no not is are was were be been
    has have had this that these those his her its our their my your who what when where why how all
    some any most many one two three four five six seven eight nine ten mr mrs ms dr sir lord lady
    president minister king queen prince general colonel major captain lieutenant sergeant commander
    chief senator governor mayor judge police army government state states united national republic
    democratic federal party front movement liberation union council committee ministry department
    office bureau agency court congress senate house parliament cabinet monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september
    october november december spring summer autumn winter jan feb mar apr jun jul aug sep sept oct nov
    dec jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. muslim muslims christian
    christians jew jews islamic islam god allah bible koran quran sunni shia shiite catholic
    protestant orthodox reuters afp ap bbc cnn al says said also after before then now here there good
    best new old big great first last next day night week year years time man men woman women people
    war peace force forces black white red green blue gold silver university college school hospital
    church street road avenue bank world international news times post press daily center centre club
    team league cup game games show star sun moon love life death home work law order power water fire
    air sea river hill lake mountain island city town village county district province region center-
    mission universal corporation international general- central northern southern eastern western
    north south east west upper lower police- democrat democrats republican republicans congressman
    secretary director professor earth branch mobile reading nice enterprise hope liberty independence
    victory commerce progress union- eagle english french spanish german russian american british
    chinese arab arabs european asian african kurd kurds culture defense defence interior health
    justice foreign affairs education finance energy economy agriculture information transport trade
    labor labour rio roman greek dutch irish italian turkish vice section junior senior olympic olympics
    christmas easter passover ramadan thanksgiving halloween constitution casino mill bar mart beer
    charter pavilion chamber swat realtors homeland liberal conservative liberals conservatives labour
    discotheque restaurant trail story continental honors trustees parents deputy ward superior royal loop
    est pst gmt gateway""".split()
)
"""Words that are towns somewhere, or nearly, and hardly ever mean them when they stand alone."""

PARTS_OF = frozenset("metro metropolitan downtown suburban rural inner uptown midtown".split())
"""Words before a town's name that leave it one: "Metro Vancouver"."""

CROSSINGS = frozenset("streets roads avenues highways drives lanes boulevards routes".split())
"""Plurals that make the capitalised names listed before them roads: "Elm and Lincoln streets"."""

AILMENTS = frozenset("virus viruses fever flu disease syndrome influenza ebolavirus strain".split())
"""Words that make the name before them one of an illness."""

ROADS = frozenset(
    """street streets st ave avenue avenues road roads rd drive dr boulevard blvd lane court highway
    highways route interstate freeway parkway turnpike expressway pike bridge""".split()
)
"""Words that make a capitalised name one of a road: "Memphis Street" is not in Memphis."""

BUILDINGS = frozenset(
    """hospital school schools university college airport hotel farm church mosque cathedral temple
    stadium arena mall plaza center centre clinic station museum library prison jail park zoo theater
    theatre hall tower building house cemetery laboratory institute club store market cafe restaurant
    inn academy base airfield airbase barracks embassy consulate palace""".split()
)
"""Words that make a capitalised name one of a building, which may stand in the town it is named for."""

CIVIC = frozenset(
    """police fire county city council department school schools district board university college
    hospital court sheriff office governorate provincial municipal mayor authority airport prison
    chamber public metropolitan volunteer state security government forces operations command brigade
    army military governor municipality regional garrison civil defence defense health medical high
    mayor superintendent attorney chief sheriff resident residents students gov governorate coroner
    selectman selectmen commissioner commissioners judge alderman aldermen councilman councilwoman
    councillor councilor ranger rangers marine democrat republican prosecutor prosecutors trooper
    troopers firefighter firefighters deputy deputies native man woman teen couple senator rep sen
    congressman congresswoman representative lawmaker lawmakers lieutenant""".split()
)
"""Words after which the name before them is that of the town or area that the body belongs to."""

FACILITIES = CIVIC | BUILDINGS
"""Both: words that make the name before them one of a body or a building."""

STATE_ABBREVIATIONS: dict[str, str] = {
    "ala": "Alabama", "ariz": "Arizona", "ark": "Arkansas", "calif": "California", "colo": "Colorado",
    "conn": "Connecticut", "del": "Delaware", "fla": "Florida", "ga": "Georgia", "ill": "Illinois",
    "ind": "Indiana", "kan": "Kansas", "ky": "Kentucky", "la": "Louisiana", "mass": "Massachusetts",
    "md": "Maryland", "mich": "Michigan", "minn": "Minnesota", "miss": "Mississippi", "mo": "Missouri",
    "mont": "Montana", "neb": "Nebraska", "nev": "Nevada", "nh": "New Hampshire", "nj": "New Jersey",
    "nm": "New Mexico", "ny": "New York", "nc": "North Carolina", "nd": "North Dakota", "okla": "Oklahoma",
    "ore": "Oregon", "pa": "Pennsylvania", "ri": "Rhode Island", "sc": "South Carolina", "sd": "South Dakota",
    "tenn": "Tennessee", "tex": "Texas", "vt": "Vermont", "va": "Virginia", "wash": "Washington",
    "wva": "West Virginia", "wis": "Wisconsin", "wyo": "Wyoming", "dc": "District of Columbia",
}  # fmt: skip
"""States of the United States as newspapers abbreviate them, without the full stops that they need."""

POSTAL_CODES: dict[str, str] = {
    "AK": "Alaska", "AL": "Alabama", "AR": "Arkansas", "AZ": "Arizona", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DC": "District of Columbia", "DE": "Delaware", "FL": "Florida",
    "GA": "Georgia", "HI": "Hawaii", "IA": "Iowa", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana",
    "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "MA": "Massachusetts", "MD": "Maryland",
    "ME": "Maine", "MI": "Michigan", "MN": "Minnesota", "MO": "Missouri", "MS": "Mississippi",
    "MT": "Montana", "NC": "North Carolina", "ND": "North Dakota", "NE": "Nebraska", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NV": "Nevada", "NY": "New York", "OH": "Ohio",
    "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VA": "Virginia", "VT": "Vermont",
    "WA": "Washington", "WI": "Wisconsin", "WV": "West Virginia", "WY": "Wyoming",
}  # fmt: skip
"""The same as two capitals; they need a comma before them."""

PLACELIKE = frozenset(
    """be become remain lie border face see suffer experience witness host contain have need descend
    plunge slide sink fall rise grow lose produce mark mourn undergo average emerge slip erupt burn
    collapse look seem appear stand sit cover stretch rank boast enjoy get go come receive include
    feature recover survive burst shake tremble celebrate count total measure""".split()
)
"""Verbs that a country or town does as a place: with any other as its verb it stands for its government."""

ATTITUDES = frozenset(
    """ready willing concerned worried opposed prepared responsible guilty eager keen reluctant committed
    interested unwilling unable determined confident angry furious open willing sure certain hopeful
    alarmed beneficial hostile loyal close friendly sympathetic allied grateful accountable""".split()
)
"""Adjectives that say what somebody feels or means to do, or how one stands to somebody."""

INSTITUTIONS = frozenset(
    """government army forces force president minister ministry parliament police ambassador embassy
    leadership leader king premier chancellor military navy authorities authority regime""".split()
)
"""What a state has, also with "of": "the government of Mali"."""

SPEECH = frozenset(
    """say tell announce declare accuse deny warn claim insist argue state condemn demand urge call ask
    agree refuse reject promise pledge vow threaten propose offer suggest respond reply welcome
    criticize criticise blame support oppose back want seek hope expect plan intend decide consider
    believe think know maintain stress acknowledge admit confirm signal approve ban order allow veto
    recognize recognise sign ratify withdraw send deploy invade attack bomb strike launch impose lift
    suspend expel recall summon arm fund finance train supply sponsor negotiate mediate cooperate fear
    worry regard view see tolerate coordinate appoint elect vote join leave buy sell export import
    develop test possess build break violate respect honor honour breach meet fight help protect ally
    cut sever restore normalize annex occupy seize capture retaliate react intervene continue try
    begin start stop use need push press pressure express voice give take make hold pursue adopt
    conduct carry release free extradite deport hand provide denounce protest boycott sanction""".split()
)
"""Verbs that only somebody can be the subject of: a place that is their subject stands for its government."""

POLICY = frozenset(
    """policy strategy diplomacy government regime position stance role decision support interest
    interests influence intention ambition goal aim game relation relations tie ties ally allies enemy
    foe partner friend ambassador envoy president minister ministry premier chancellor leader
    leadership king army military forces force navy police parliament troop troops missile missiles
    program programme nuclear plan proposal offer demand refusal response reaction claim denial
    statement warning threat accusation security intelligence approach backing help aid assistance
    involvement intervention invasion aggression recognition commitment promise obligation hand view
    memory memories effort efforts behavior behaviour actions action war operation campaign embassy
    sanctions vote veto""".split()
)
"""Nouns whose possessor is a state rather than a stretch of land."""

PARTNERS = frozenset(["with", "against", "by", "between", "for", "among"])
"""Prepositions after which a state is more often a party than a place."""

PARTY_NOUNS = frozenset(
    """relation relations tie ties talks negotiation negotiations war agreement treaty pact deal accord
    alliance cooperation conflict dispute sanctions trade dialogue dialog contact contacts channel
    channels link border peace rapprochement tension tensions standoff row links partnership
    friendship coalition pressure aggression support""".split()
)
OBJECTS_OF = frozenset(
    """accuse blame urge ask tell warn press pressure criticize criticise condemn denounce sanction arm
    support back help persuade convince invite threaten thank praise recognize recognise allow force
    compel sue advise inform notify assure join represent""".split()
)
"""Verbs whose object is a party, not a stretch of land."""
