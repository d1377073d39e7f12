"""Readings written down for the tests of flagged discrepancies: a text and its trees."""

DESPITE_DENIALS = (
    "Despite Eritrea's denials that it arms the Afar rebels, its officers delivered rifles to the rebels in March.",
    """
1 Despite despite ADP 4 case
2 Eritrea Eritrea PROPN 4 nmod:poss
3 's 's PART 2 case
4 denials denial NOUN 14 obl
5 that that SCONJ 7 mark
6 it it PRON 7 nsubj
7 arms arm VERB 4 acl
8 the the DET 10 det
9 Afar Afar PROPN 10 compound
10 rebels rebel NOUN 7 obj
11 , , PUNCT 4 punct
12 its its PRON 13 nmod:poss
13 officers officer NOUN 14 nsubj
14 delivered deliver VERB 0 root
15 rifles rifle NOUN 14 obj
16 to to ADP 18 case
17 the the DET 18 det
18 rebels rebel NOUN 14 obl
19 in in ADP 20 case
20 March March PROPN 14 obl
21 . . PUNCT 14 punct
""",
)

CONTRARY_TO = (
    "The Gorge Company takes its orders from Skopje, contrary to what Skopje claims.",
    """
1 The the DET 3 det
2 Gorge Gorge PROPN 3 compound
3 Company Company PROPN 4 nsubj
4 takes take VERB 0 root
5 its its PRON 6 nmod:poss
6 orders order NOUN 4 obj
7 from from ADP 8 case
8 Skopje Skopje PROPN 4 obl
9 , , PUNCT 12 punct
10 contrary contrary ADJ 12 case
11 to to ADP 10 fixed
12 what what PRON 4 obl
13 Skopje Skopje PROPN 14 nsubj
14 claims claim VERB 12 acl:relcl
15 . . PUNCT 4 punct
""",
)

ALTHOUGH = (
    "Although the junta insists that it freed all captives, its soldiers abducted two captives on Monday.",
    """
1 Although although SCONJ 4 mark
2 the the DET 3 det
3 junta junta NOUN 4 nsubj
4 insists insist VERB 13 advcl
5 that that SCONJ 7 mark
6 it it PRON 7 nsubj
7 freed free VERB 4 ccomp
8 all all DET 9 det
9 captives captive NOUN 7 obj
10 , , PUNCT 4 punct
11 its its PRON 12 nmod:poss
12 soldiers soldier NOUN 13 nsubj
13 abducted abduct VERB 0 root
14 two two NUM 15 nummod
15 captives captive NOUN 13 obj
16 on on ADP 17 case
17 Monday Monday PROPN 13 obl
18 . . PUNCT 13 punct
""",
)

HOWEVER = (
    "The Northern League pledged not to shell the port. However, its gunners shelled the port on Friday.",
    """
1 The the DET 3 det
2 Northern northern ADJ 3 amod
3 League League PROPN 4 nsubj
4 pledged pledge VERB 0 root
5 not not PART 7 advmod
6 to to PART 7 mark
7 shell shell VERB 4 xcomp
8 the the DET 9 det
9 port port NOUN 7 obj
10 . . PUNCT 4 punct

1 However however ADV 5 advmod
2 , , PUNCT 1 punct
3 its its PRON 4 nmod:poss
4 gunners gunner NOUN 5 nsubj
5 shelled shell VERB 0 root
6 the the DET 7 det
7 port port NOUN 5 obj
8 on on ADP 9 case
9 Friday Friday PROPN 5 obl
10 . . PUNCT 5 punct
""",
)

STORY = (
    "The Hill Front promised not to attack the valley. The photographs, however, tell a different story: Hill Front men attacking the valley.",
    """
1 The the DET 3 det
2 Hill Hill PROPN 3 compound
3 Front Front PROPN 4 nsubj
4 promised promise VERB 0 root
5 not not PART 7 advmod
6 to to PART 7 mark
7 attack attack VERB 4 xcomp
8 the the DET 9 det
9 valley valley NOUN 7 obj
10 . . PUNCT 4 punct

1 The the DET 2 det
2 photographs photograph NOUN 6 nsubj
3 , , PUNCT 2 punct
4 however however ADV 6 advmod
5 , , PUNCT 4 punct
6 tell tell VERB 0 root
7 a a DET 9 det
8 different different ADJ 9 amod
9 story story NOUN 6 obj
10 : : PUNCT 13 punct
11 Hill Hill PROPN 12 compound
12 Front Front PROPN 13 amod
13 men man NOUN 9 appos
14 attacking attack VERB 13 acl
15 the the DET 16 det
16 valley valley NOUN 14 obj
17 . . PUNCT 6 punct
""",
)

TRUCE = (
    "Despite a ceasefire that the Dune Front declared, its men attacked Zor.",
    """
1 Despite despite ADP 3 case
2 a a DET 3 det
3 ceasefire ceasefire NOUN 12 obl
4 that that PRON 8 obj
5 the the DET 7 det
6 Dune Dune PROPN 7 compound
7 Front Front PROPN 8 nsubj
8 declared declare VERB 3 acl:relcl
9 , , PUNCT 3 punct
10 its its PRON 11 nmod:poss
11 men man NOUN 12 nsubj
12 attacked attack VERB 0 root
13 Zor Zor PROPN 12 obj
14 . . PUNCT 12 punct
""",
)

BELIES = (
    "The log belies the navy's denial that it sank the trawler: the navy sank the trawler at noon.",
    """
1 The the DET 2 det
2 log log NOUN 3 nsubj
3 belies bely VERB 0 root
4 the the DET 5 det
5 navy navy NOUN 7 nmod:poss
6 's 's PART 5 case
7 denial denial NOUN 3 obj
8 that that SCONJ 10 mark
9 it it PRON 10 nsubj
10 sank sink VERB 7 acl
11 the the DET 12 det
12 trawler trawler NOUN 10 obj
13 : : PUNCT 16 punct
14 the the DET 15 det
15 navy navy NOUN 16 nsubj
16 sank sink VERB 3 parataxis
17 the the DET 18 det
18 trawler trawler NOUN 16 obj
19 at at ADP 20 case
20 noon noon NOUN 16 obl
21 . . PUNCT 3 punct
""",
)

SIEGE = (
    "Although the ministry insists the siege has been lifted, soldiers are still turning back trucks.",
    """
1 Although although SCONJ 4 mark
2 the the DET 3 det
3 ministry ministry NOUN 4 nsubj
4 insists insist VERB 14 advcl
5 the the DET 6 det
6 siege siege NOUN 9 nsubj:pass
7 has have AUX 9 aux
8 been be AUX 9 aux:pass
9 lifted lift VERB 4 ccomp
10 , , PUNCT 4 punct
11 soldiers soldier NOUN 14 nsubj
12 are be AUX 14 aux
13 still still ADV 14 advmod
14 turning turn VERB 0 root
15 back back ADP 14 compound:prt
16 trucks truck NOUN 14 obj
17 . . PUNCT 14 punct
""",
)

WHEAT = (
    "The minister denied that the army had shelled the market. However, wheat prices fell.",
    """
1 The the DET 2 det
2 minister minister NOUN 3 nsubj
3 denied deny VERB 0 root
4 that that SCONJ 8 mark
5 the the DET 6 det
6 army army NOUN 8 nsubj
7 had have AUX 8 aux
8 shelled shell VERB 3 ccomp
9 the the DET 10 det
10 market market NOUN 8 obj
11 . . PUNCT 3 punct

1 However however ADV 5 advmod
2 , , PUNCT 1 punct
3 wheat wheat NOUN 4 compound
4 prices price NOUN 5 nsubj
5 fell fall VERB 0 root
6 . . PUNCT 5 punct
""",
)

OTHER_ACTOR = (
    "Although Skopje denies that it arms the Hill Front, Tirana armed the Hill Front in May.",
    """
1 Although although SCONJ 3 mark
2 Skopje Skopje PROPN 3 nsubj
3 denies deny VERB 12 advcl
4 that that SCONJ 6 mark
5 it it PRON 6 nsubj
6 arms arm VERB 3 ccomp
7 the the DET 9 det
8 Hill Hill PROPN 9 compound
9 Front Front PROPN 6 obj
10 , , PUNCT 3 punct
11 Tirana Tirana PROPN 12 nsubj
12 armed arm VERB 0 root
13 the the DET 15 det
14 Hill Hill PROPN 15 compound
15 Front Front PROPN 12 obj
16 in in ADP 17 case
17 May May PROPN 12 obl
18 . . PUNCT 12 punct
""",
)

IN_QUOTES = (
    '"Although Minsk denies that it armed the Hill Front, Minsk armed the Hill Front," the envoy said.',
    """
1 " " PUNCT 13 punct
2 Although although SCONJ 4 mark
3 Minsk Minsk PROPN 4 nsubj
4 denies deny VERB 13 advcl
5 that that SCONJ 7 mark
6 it it PRON 7 nsubj
7 armed arm VERB 4 ccomp
8 the the DET 10 det
9 Hill Hill PROPN 10 compound
10 Front Front PROPN 7 obj
11 , , PUNCT 4 punct
12 Minsk Minsk PROPN 13 nsubj
13 armed arm VERB 21 ccomp
14 the the DET 16 det
15 Hill Hill PROPN 16 compound
16 Front Front PROPN 13 obj
17 , , PUNCT 13 punct
18 " " PUNCT 13 punct
19 the the DET 20 det
20 envoy envoy NOUN 21 nsubj
21 said say VERB 0 root
22 . . PUNCT 21 punct
""",
)

WARNING = (
    "Despite the mayor's warning that marchers would be arrested, police arrested nobody.",
    """
1 Despite despite ADP 5 case
2 the the DET 3 det
3 mayor mayor NOUN 5 nmod:poss
4 's 's PART 3 case
5 warning warning NOUN 13 obl
6 that that SCONJ 10 mark
7 marchers marcher NOUN 10 nsubj:pass
8 would would AUX 10 aux
9 be be AUX 10 aux:pass
10 arrested arrest VERB 5 acl
11 , , PUNCT 5 punct
12 police police NOUN 13 nsubj
13 arrested arrest VERB 0 root
14 nobody nobody PRON 13 obj
15 . . PUNCT 13 punct
""",
)
