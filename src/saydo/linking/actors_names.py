"""The names of the bodies of one document, by which parts, initials and other spellings find their whole."""

from __future__ import annotations

from saydo.linking.actors_runs import BODY_WORDS
from saydo.linking.actors_world import World
from saydo.linking.drafts import Draft
from saydo.model.names import significant, sound

Key = tuple[str, ...]

SHARED_WORDS = frozenset(
    """
    islamic jihad front southern eastern northern western national liberation army democratic
    republican party united left right people popular revolutionary movement union forces force
    armed white red black new congress council alliance patriotic resistance socialist christian
    conservative conservatives labour labor solidarity coalition opposition order action organization
    organisation of the for and group republicans democrats liberals revolution communist command
    provisionals prosperity scorpions lions den mafia dawn future patriots direct
    """.split()
)
"""Words that many bodies have in their names."""
_PLACES = frozenset(["state", "state group", "de facto state", "community"])


class Names:
    """Names of the bodies of a document, by their significant pieces."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._exact: dict[Key, str] = {}
        self._sounds: dict[Key, str] = {}
        """Names that no codebook lists, as they sound."""
        self._long: list[tuple[Key, str]] = []
        self._own: list[tuple[Key, str]] = []
        """Names that no codebook lists, for which a first word may stand."""
        self._heads: dict[Key, str] = {}
        for member in world.cast:
            entry = world.cast.entry(member.id)
            if entry is not None and entry.kind not in _PLACES and entry.kind != "media":
                for name in (entry.name, *entry.aliases):
                    self.learn(name, entry.id)

    def key(self, draft: Draft) -> Key:
        """The significant pieces of a draft's name."""
        tokens = self._world.reading.tokens
        return significant([tokens[i].text for i in draft.name or range(draft.first, draft.last)])

    def learn(self, name: str, actor: str) -> None:
        """Notes a name of an actor."""
        words = name.split()
        key = significant(words)
        self._exact.setdefault(key, actor)
        if actor not in self._world.lexicon.actors and max(map(len, key), default=0) > 4:
            self._sounds.setdefault(tuple(map(sound, key)), actor)
        if len(key) > 1:
            self._long.append((key, actor))
            if actor not in self._world.lexicon.actors:
                self._own.append((key, actor))
            at = next((i for i, w in enumerate(words) if i and w.lower() in ("of", "for")), 0)
            core = significant(words[:at])
            if core:
                self._heads[key] = core[-1]

    def exact(self, key: Key) -> str | None:
        """The actor with this name, in this or another spelling."""
        return self._exact.get(key) or self._sounds.get(tuple(map(sound, key)))

    def own(self, key: Key) -> str | None:
        """The actor that only this document names so."""
        return next((actor for long, actor in self._own if long == key), None)

    def part(self, key: Key) -> str | None:
        """The one actor of whose name ``key`` is a part, if there is exactly one.

        A part made of common words must keep the head word: "the Resistance Army" may be the Northern
        Resistance Army, but "Islamic Jihad" is not the Islamic Jihad Union.
        """
        if len(key) == 1 and key[0] not in BODY_WORDS:
            found = {actor for long, actor in self._own if long[0] == key[0] and key[0] not in SHARED_WORDS}
            return found.pop() if len(found) == 1 else None
        common = all(piece in SHARED_WORDS or piece in BODY_WORDS for piece in key)
        found = {
            actor
            for long, actor in self._long
            if len(key) < len(long) and _within(key, long) and (not common or self._ends_alike(key, long))
        }
        return found.pop() if len(found) == 1 else None

    def _ends_alike(self, part: Key, whole: Key) -> bool:
        return part[-1] == whole[-1] or part[-1] == self._heads.get(whole)

    def initials(self, abbreviation: str, own: bool = False) -> str | None:
        """The one actor whose name has these initials; with ``own`` only of bodies unknown elsewhere."""
        low = abbreviation.lower()
        found = {actor for key, actor in (self._own if own else self._long) if initials_of(key) == low}
        return found.pop() if len(found) == 1 else None


def initials_of(key: Key) -> str:
    """The first letters of the pieces of a name."""
    return "".join(piece[0] for piece in key)


def _within(part: Key, whole: Key) -> bool:
    width = len(part)
    return any(whole[i : i + width] == part for i in range(len(whole) - width + 1))
