"""Abbreviations of news English: which keep their full stop, and which of them may end a sentence."""

from __future__ import annotations

TITLES = frozenset(
    """Mr. Mrs. Ms. Dr. Prof. Gen. Lt. Col. Maj. Capt. Sgt. Cpl. Pvt. Adm. Cmdr. Brig. Cdr. Gov. Sen. Sens.
    Rep. Reps. Rev. Fr. Hon. Pres. Supt. Insp. Det. Amb. Sec. Msgr. Messrs. St. Ste. Mt. Ft. Pte. Spc.
    Ens. Atty. Asst. Assoc. Dep. Pvt. Staff-Sgt. Sr. Abp. Bp.""".split()
)
"""Stand before a name and never end a sentence."""

BEFORE_NUMBER = frozenset("No. Nos. Art. Sec. Ch. Fig. p. pp. vol. Vol. para. ca. approx. est. c.".split())
"""End no sentence where a digit follows."""

MONTHS_AND_DAYS = frozenset(
    """Jan. Feb. Mar. Apr. Aug. Sept. Sep. Oct. Nov. Dec. Mon. Tues. Tue. Wed. Thurs. Thu. Fri.""".split()
)

MAY_END = frozenset(
    """U.S. U.K. U.N. E.U. U.S.A. U.A.E. U.S.S.R. D.C. N.Y. L.A. a.m. p.m. A.M. P.M. Inc. Corp. Co. Ltd. Jr.
    Bros. etc. al. Ave. Blvd. Rd. Dept. Univ. Ph.D. M.D. B.A. M.A. B.C. A.D. Md. Va. Pa. Calif. Fla. Ga.
    Ill. Mass. Mich. Minn. Conn. Colo. Ariz. Tenn. Wash. Wis. Okla. Ore. Kan. Ky. La. Ala. Ark. Del. Neb.
    Nev.""".split()
)
"""May end a sentence; whether they do, the next word tells."""

NEVER_END = frozenset("vs. v. e.g. i.e. cf. E.g. I.e. viz. Vs.".split())

ABBREVIATIONS = tuple(sorted(TITLES | BEFORE_NUMBER | MONTHS_AND_DAYS | MAY_END | NEVER_END))

CALENDAR = frozenset(
    """January February March April May June July August September October November December Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday GMT UTC EST EDT ET PT PST PDT CET BST IST""".split()
    + sorted(MONTHS_AND_DAYS)
)
"""What may follow ``a.m.`` and ``p.m.`` within a sentence although it is capitalised."""

STARTERS = frozenset(
    """The A An In On At But And Or So He She It They We I You His Her Its Their Our My This That These Those
    There Here When While If As After Before Since Because Although Though However Meanwhile Also Then
    Some Many Most Both Several Two Three Four Five All Every Each No Not Now Yet For From With By What
    Who How Why Where According Under Over During Despite Last Earlier Later Local Officials Police Nor
    One Such Still Even Among Once Until Between Another Other Others Only Mr. Mrs. Ms. Dr.""".split()
)
"""Words that, capitalised after a doubtful full stop, begin a new sentence."""
