"""Actors of hand-made readings: what a name, a description or a pronoun must come to, and why."""

from __future__ import annotations

from saydo.codebook import load
from saydo.linking.actors import find_actors
from saydo.model.document import Document
from saydo.model.linked import LinkedMention
from saydo.model.records import Actor
from saydo.reading.scripted import scripted_reading


class Case:
    """A document, its mentions by their text, its actors by id."""

    def __init__(self, text: str, script: str, date: str = "2010-01-01") -> None:
        self.reading = scripted_reading(Document("d", text, date=date), script)
        mentions, actors, notes = find_actors(self.reading, load())
        self.mentions = mentions
        self.actors = {a.id: a for a in actors}
        self.order = [a.id for a in actors]
        self.notes = notes

    def words(self, m: LinkedMention) -> str:
        tokens = self.reading.tokens
        return self.reading.document.text[tokens[m.first].start : tokens[m.last - 1].end]

    def who(self, words: str, nth: int = 0) -> str | None:
        return self.mention(words, nth).actor

    def mention(self, words: str, nth: int = 0) -> LinkedMention:
        found = [m for m in self.mentions if self.words(m) == words]
        assert len(found) > nth, f"no mention {words!r} in {[self.words(m) for m in self.mentions]}"
        return found[nth]

    def actor(self, identity: str) -> Actor:
        return self.actors[identity]


UPLAND = Case(
    "The Upland Resistance Army (URA), a rebel group based in Chad, attacked a convoy. The URA said it had "
    "captured eleven soldiers. Chadian troops later shelled the rebels. The army killed two villagers.",
    """
1 The the DET 4 det
2 Upland Upland PROPN 4 compound
3 Resistance Resistance PROPN 4 compound
4 Army Army PROPN 16 nsubj
5 ( ( PUNCT 6 punct
6 URA URA PROPN 4 appos
7 ) ) PUNCT 6 punct
8 , , PUNCT 11 punct
9 a a DET 11 det
10 rebel rebel NOUN 11 compound
11 group group NOUN 4 appos
12 based base VERB 11 acl
13 in in ADP 14 case
14 Chad Chad PROPN 12 obl
15 , , PUNCT 4 punct
16 attacked attack VERB 0 root
17 a a DET 18 det
18 convoy convoy NOUN 16 obj
19 . . PUNCT 16 punct
# mention 2-3 person named

1 The the DET 2 det
2 URA URA PROPN 3 nsubj
3 said say VERB 0 root
4 it it PRON 6 nsubj
5 had have AUX 6 aux
6 captured capture VERB 3 ccomp
7 eleven eleven NUM 8 nummod
8 soldiers soldier NOUN 6 obj
9 . . PUNCT 3 punct
# mention 1-2 government named

1 Chadian chadian ADJ 2 amod
2 troops troop NOUN 4 nsubj
3 later later ADV 4 advmod
4 shelled shell VERB 0 root
5 the the DET 6 det
6 rebels rebel NOUN 4 obj
7 . . PUNCT 4 punct

1 The the DET 2 det
2 army army NOUN 3 nsubj
3 killed kill VERB 0 root
4 two two NUM 5 nummod
5 villagers villager NOUN 3 obj
6 . . PUNCT 3 punct
""",
)


def test_an_unlisted_group_becomes_an_actor_with_what_its_apposition_says() -> None:
    actor = UPLAND.actor("upland-resistance-army")
    assert (actor.name, actor.kind, actor.sector) == ("Upland Resistance Army", "armed group", "REB")
    assert actor.country == "TCD"
    assert actor.resolved_by == "introduced"
    assert "a rebel group" in actor.reason


def test_a_run_of_capitals_around_army_outweighs_the_readers_wrong_fragment() -> None:
    mention = UPLAND.mention("The Upland Resistance Army")
    assert mention.type == "group"
    assert not [m for m in UPLAND.mentions if UPLAND.words(m) == "Upland Resistance"]


def test_an_introduced_group_is_followed_under_abbreviation_pronoun_and_noun() -> None:
    for words in ("URA", "The URA", "it", "the rebels", "a rebel group"):
        assert UPLAND.who(words) == "upland-resistance-army", words
    assert "URA" in UPLAND.actor("upland-resistance-army").aliases


def test_an_abbreviation_takes_the_type_of_its_actor_not_the_readers() -> None:
    assert UPLAND.mention("The URA").type == "group"


def test_adjective_and_troops_make_the_military_of_that_state() -> None:
    assert UPLAND.who("Chadian troops") == "TCD-MIL"
    assert UPLAND.actor("TCD-MIL").kind == "military"
    assert UPLAND.who("Chadian") == "TCD"
    assert UPLAND.mention("Chadian").type == "nationality"


def test_the_army_is_the_army_named_before_and_not_a_group_with_army_in_its_name() -> None:
    assert UPLAND.who("The army") == "TCD-MIL"


def test_described_victims_stay_without_actor_and_say_why() -> None:
    mention = UPLAND.mention("two villagers")
    assert mention.actor is None
    assert mention.reason
    assert any(n.about == f"actor of {mention.id}" for n in UPLAND.notes)


def test_actors_come_in_order_of_first_mention() -> None:
    assert UPLAND.order == ["upland-resistance-army", "TCD", "TCD-MIL"]


def test_mentions_are_numbered_in_text_order_and_never_cross() -> None:
    ms = UPLAND.mentions
    assert [m.id for m in ms] == [f"m{i}" for i in range(len(ms))]
    assert [m.first for m in ms] == sorted(m.first for m in ms)
    for a in ms:
        for b in ms:
            assert not (a.first < b.first < a.last < b.last), (UPLAND.words(a), UPLAND.words(b))


PLACES = Case(
    "Tehran rejected the claims. The Kremlin urged Tehran to wait. In Tehran, students marched.",
    """
1 Tehran Tehran PROPN 2 nsubj
2 rejected reject VERB 0 root
3 the the DET 4 det
4 claims claim NOUN 2 obj
5 . . PUNCT 2 punct

1 The the DET 2 det
2 Kremlin Kremlin PROPN 3 nsubj
3 urged urge VERB 0 root
4 Tehran Tehran PROPN 3 obj
5 to to PART 6 mark
6 wait wait VERB 3 xcomp
7 . . PUNCT 3 punct

1 In in ADP 2 case
2 Tehran Tehran PROPN 5 obl
3 , , PUNCT 2 punct
4 students student NOUN 5 nsubj
5 marched march VERB 0 root
6 . . PUNCT 5 punct
""",
)


def test_a_capital_that_acts_or_is_addressed_stands_for_its_state() -> None:
    assert PLACES.who("Tehran", 0) == "IRN"
    assert PLACES.who("The Kremlin") == "RUS"
    assert PLACES.who("Tehran", 1) == "IRN"


def test_a_capital_where_something_happens_is_a_place_and_no_actor() -> None:
    mention = PLACES.mention("Tehran", 2)
    assert mention.actor is None
    assert mention.type == "place"


PEOPLE = Case(
    "Colombian Interior Minister Rosa Quintero met Tomas Adler in Lima. Quintero said she trusted Adler. The "
    "minister smiled.",
    """
1 Colombian colombian ADJ 3 amod
2 Interior interior ADJ 3 amod
3 Minister Minister PROPN 4 nmod:desc
4 Rosa Rosa PROPN 6 nsubj
5 Quintero Quintero PROPN 4 flat
6 met meet VERB 0 root
7 Tomas Tomas PROPN 6 obj
8 Adler Adler PROPN 7 flat
9 in in ADP 10 case
10 Lima Lima PROPN 6 obl
11 . . PUNCT 6 punct
# mention 1-5 person named
# mention 7-8 person named
# mention 10-10 place named

1 Quintero Quintero PROPN 2 nsubj
2 said say VERB 0 root
3 she she PRON 4 nsubj
4 trusted trust VERB 2 ccomp
5 Adler Adler PROPN 4 obj
6 . . PUNCT 2 punct
# mention 1-1 person named
# mention 5-5 person named

1 The the DET 2 det
2 minister minister NOUN 3 nsubj
3 smiled smile VERB 0 root
4 . . PUNCT 3 punct
""",
)


def test_a_persons_id_is_the_name_without_title_and_the_title_gives_country_and_sector() -> None:
    person = PEOPLE.actor("rosa-quintero")
    assert (person.kind, person.country, person.sector) == ("person", "COL", "GOV")
    assert person.resolved_by == "person"


def test_surnames_pronouns_and_offices_lead_back_to_the_full_name() -> None:
    assert PEOPLE.who("Quintero") == "rosa-quintero"
    assert PEOPLE.who("she") == "rosa-quintero"
    assert PEOPLE.who("Adler") == "tomas-adler"
    assert PEOPLE.who("The minister") == "rosa-quintero"


def test_a_person_met_without_office_has_neither_country_nor_sector() -> None:
    assert (PEOPLE.actor("tomas-adler").country, PEOPLE.actor("tomas-adler").sector) == (None, None)


QUOTED = Case(
    '"We will leave the valley," said Amal Darwish, a spokesman for the Hill Front. He said the front wanted '
    "peace.",
    """
1 " " PUNCT 4 punct
2 We we PRON 4 nsubj
3 will will AUX 4 aux
4 leave leave VERB 9 ccomp
5 the the DET 6 det
6 valley valley NOUN 4 obj
7 , , PUNCT 4 punct
8 " " PUNCT 4 punct
9 said say VERB 0 root
10 Amal Amal PROPN 9 nsubj
11 Darwish Darwish PROPN 10 flat
12 , , PUNCT 14 punct
13 a a DET 14 det
14 spokesman spokesman NOUN 10 appos
15 for for ADP 18 case
16 the the DET 18 det
17 Hill Hill PROPN 18 compound
18 Front Front PROPN 14 nmod
19 . . PUNCT 9 punct
# mention 10-11 person named
# attribution source=10-18 cue=9 content=1-8

1 He he PRON 2 nsubj
2 said say VERB 0 root
3 the the DET 4 det
4 front front NOUN 5 nsubj
5 wanted want VERB 2 ccomp
6 peace peace NOUN 5 obj
7 . . PUNCT 2 punct
""",
)


def test_the_we_of_a_spokesman_is_the_body_that_he_speaks_for() -> None:
    assert QUOTED.who("We") == "hill-front"


def test_a_movement_with_an_everyday_name_is_no_part_of_a_persons_name() -> None:
    """Amal is a Lebanese movement; Amal Darwish is a person."""
    assert QUOTED.who("Amal Darwish") == "amal-darwish"
    assert not [a for a in QUOTED.actors if a == "amal-movement"]


def test_the_front_in_lower_case_is_the_front_named_before() -> None:
    assert QUOTED.who("the front") == "hill-front"
    assert QUOTED.who("He") == "amal-darwish"
    assert QUOTED.who("a spokesman") == "amal-darwish"


LOWER = Case(
    "the fmln attacked a garrison in san miguel, the salvadoran army said. a car burned.",
    """
1 the the DET 2 det
2 fmln fmln NOUN 3 nsubj
3 attacked attack VERB 13 ccomp
4 a a DET 5 det
5 garrison garrison NOUN 3 obj
6 in in ADP 7 case
7 san san PROPN 5 nmod
8 miguel miguel PROPN 7 flat
9 , , PUNCT 3 punct
10 the the DET 12 det
11 salvadoran salvadoran ADJ 12 amod
12 army army PROPN 13 nsubj
13 said say VERB 0 root
14 . . PUNCT 13 punct
# mention 7-8 place named
# mention 10-12 military named

1 a a DET 2 det
2 car car NOUN 3 nsubj
3 burned burn VERB 0 root
4 . . PUNCT 3 punct
""",
)


def test_in_a_text_without_capitals_abbreviations_and_adjectives_are_found() -> None:
    assert LOWER.who("the fmln") == "farabundo-marti-national-liberation-front"
    assert LOWER.who("the salvadoran army") == "SLV-MIL"


def test_in_a_text_without_capitals_an_everyday_word_is_no_abbreviation() -> None:
    """CAR is the Central African Republic, a car is not."""
    assert "CAF" not in LOWER.actors


MILITIA = Case(
    "A militia called the River Guards fought the Taleban near Herat.",
    """
1 A a DET 2 det
2 militia militia NOUN 7 nsubj
3 called call VERB 2 acl
4 the the DET 6 det
5 River River PROPN 6 compound
6 Guards Guards PROPN 3 xcomp
7 fought fight VERB 0 root
8 the the DET 9 det
9 Taleban Taleban PROPN 7 obj
10 near near ADP 11 case
11 Herat Herat PROPN 7 obl
12 . . PUNCT 7 punct
""",
)


def test_what_is_called_by_a_name_is_that_actor() -> None:
    assert MILITIA.who("A militia") == "river-guards"
    assert MILITIA.actor("river-guards").sector == "PRM"


def test_other_spellings_reach_the_codebook_entry() -> None:
    assert MILITIA.who("the Taleban") == "taliban"


JORDAN = Case(
    "Jordan Smith met the king of Jordan.",
    """
1 Jordan Jordan PROPN 3 nsubj
2 Smith Smith PROPN 1 flat
3 met meet VERB 0 root
4 the the DET 5 det
5 king king NOUN 3 obj
6 of of ADP 7 case
7 Jordan Jordan PROPN 5 nmod
8 . . PUNCT 3 punct
# mention 1-2 person named
# mention 7-7 place named
""",
)


def test_a_state_that_is_somebodys_first_name_is_the_state_only_where_it_stands_alone() -> None:
    assert JORDAN.who("Jordan Smith") == "jordan-smith"
    assert JORDAN.who("Jordan") == "JOR"


def test_an_office_without_a_named_holder_is_the_government_of_its_state() -> None:
    assert JORDAN.who("the king") == "JOR-GOV"


PARTS = Case(
    "Fighters of Imam Shamil fled. The Imam Shamil Battalion lost a town. Islamic Jihad is a duty, one said. "
    "Troops of the Sahel states met Western diplomats.",
    """
1 Fighters fighter NOUN 5 nsubj
2 of of ADP 3 case
3 Imam Imam PROPN 1 nmod
4 Shamil Shamil PROPN 3 flat
5 fled flee VERB 0 root
6 . . PUNCT 5 punct
# mention 3-4 person named

1 The the DET 4 det
2 Imam Imam PROPN 4 compound
3 Shamil Shamil PROPN 4 compound
4 Battalion Battalion PROPN 5 nsubj
5 lost lose VERB 0 root
6 a a DET 7 det
7 town town NOUN 5 obj
8 . . PUNCT 5 punct

1 Islamic Islamic PROPN 2 amod
2 Jihad Jihad PROPN 5 nsubj
3 is be AUX 5 cop
4 a a DET 5 det
5 duty duty NOUN 8 ccomp
6 , , PUNCT 8 punct
7 one one NUM 8 nsubj
8 said say VERB 0 root
9 . . PUNCT 8 punct

1 Troops troop NOUN 6 nsubj
2 of of ADP 5 case
3 the the DET 5 det
4 Sahel Sahel PROPN 5 compound
5 states state NOUN 1 nmod
6 met meet VERB 0 root
7 Western western ADJ 8 amod
8 diplomats diplomat NOUN 6 obj
9 . . PUNCT 6 punct
""",
)


def test_a_part_of_a_longer_name_in_the_document_is_the_same_body_and_so_are_its_fighters() -> None:
    assert PARTS.who("Imam Shamil") == "imam-shamil-battalion"
    assert PARTS.who("Fighters") == "imam-shamil-battalion"


def test_a_name_of_common_words_needs_a_state_that_backs_it() -> None:
    """Islamic Jihad is a Palestinian movement where the text speaks of that region."""
    assert "palestinian-islamic-jihad" not in PARTS.actors


def test_groups_of_states_are_actors() -> None:
    assert PARTS.who("the Sahel states") == "sahel-states"
    assert PARTS.actor("sahel-states").kind == "state group"
    assert PARTS.actor("western-states-diplomats").kind == "diplomats"


def test_the_same_reading_gives_the_same_result() -> None:
    reading = UPLAND.reading
    assert find_actors(reading, load()) == find_actors(reading, load())
