"""What an example wants cited and found, and which slices hold it.

An example has one or more wants. With evidence each of its slices is one; without, each item of a list, else each
must_cite, else the answer. A slice meets a want if it overlaps the evidence, or holds one of the accepted forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qa.questions import Alternatives, Evidence, Example
from qa.scores import contains


@dataclass(frozen=True, slots=True)
class Place:
    """A slice of a document."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Gold:
    """The wants of one example in one collection."""

    places: tuple[tuple[Place, ...], ...]  # of the evidence, each with all places where it reads so
    forms: tuple[Alternatives, ...]  # without evidence
    answers: Alternatives
    document: str  # "" where the example names none of this collection
    lost: tuple[str, ...]  # evidence that stands in no document

    @property
    def wants(self) -> int:
        """How many there are."""
        return len(self.places) or len(self.forms)


def find_gold(example: Example, texts: Mapping[str, str]) -> Gold:
    """The wants of an example, its evidence looked up in the documents' texts. Evidence that stands nowhere is no want."""
    found = [(wanted, tuple(place for evidence in wanted for place in _places(evidence, texts))) for wanted in example.evidence]
    forms = example.items or tuple((must,) for must in example.must_cite) or ((example.answers,) if example.answers else ())
    return Gold(
        places=tuple(places for _, places in found if places) if example.answerable else (),
        forms=forms if example.answerable else (),
        answers=example.answers,
        document=example.document if example.document in texts else "",
        lost=tuple(wanted[0].text for wanted, places in found if not places),
    )


def met(gold: Gold, place: Place) -> frozenset[int]:
    """The numbers of the wants that a slice meets."""
    if gold.places:
        return frozenset(n for n, places in enumerate(gold.places) if any(_overlap(place, wanted) for wanted in places))
    if gold.document not in ("", place.document):
        return frozenset()
    return frozenset(n for n, forms in enumerate(gold.forms) if any(contains(place.text, form) for form in forms))


def bears_out(gold: Gold, place: Place) -> bool:
    """Whether a citation is right: it meets a want or, without evidence, holds an accepted answer."""
    if met(gold, place):
        return True
    in_place = gold.document in ("", place.document)
    return bool(gold.forms) and not gold.places and in_place and any(contains(place.text, answer) for answer in gold.answers)


def _places(evidence: Evidence, texts: Mapping[str, str]) -> list[Place]:
    if evidence.start >= 0 and evidence.document in texts:
        return [Place(evidence.document, evidence.start, evidence.start + len(evidence.text), evidence.text)]
    found = []
    for id, text in texts.items():
        at = text.find(evidence.text)
        while at >= 0:
            found.append(Place(id, at, at + len(evidence.text), evidence.text))
            at = text.find(evidence.text, at + 1)
    return found


def _overlap(one: Place, other: Place) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end
