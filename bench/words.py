"""The words that the corpus is written with: a small grammar of plain English about a maker of lamps for bicycles.

Takes a ``Random`` and gives texts; the same random numbers give the same texts. It must not read anything else.
"""

from __future__ import annotations

import re
from random import Random
from types import MappingProxyType
from typing import Final

TOPICS: Final = (
    "night rides", "repair", "batteries", "first lamps", "commuting", "winter", "school runs", "touring", "workshops",
    "design", "safety", "cargo bikes", "photographs", "letters", "testing", "racing", "second hand", "families",
)  # fmt: skip
TOWNS: Final = (
    "Alderwick", "Brackmouth", "Carrow Bay", "Dunsley", "Eastferry", "Fenholme", "Garside", "Harrowgate Down",
    "Inverlay", "Kestrel Cross", "Lindle", "Marrowby",
)  # fmt: skip
MOODS: Final = (
    "practical", "funny", "thankful", "critical", "proud", "surprised", "patient", "curious", "calm", "stubborn",
)  # fmt: skip
GIVEN: Final = (
    "Ada", "Amir", "Beatriz", "Callum", "Chidi", "Dara", "Elif", "Esther", "Farah", "Gwen", "Hamish", "Ines", "Jonas",
    "Kavita", "Leon", "Lucia", "Mabel", "Mateo", "Nadia", "Niamh", "Oskar", "Petra", "Priya", "Quentin", "Rosa",
    "Samir", "Tamsin", "Theo", "Uma", "Viktor", "Wanda", "Yusuf", "Zofia",
)  # fmt: skip
FAMILY: Final = (
    "Abernethy", "Adeyemi", "Bakker", "Barlow", "Castellan", "Chowdhury", "Dacosta", "Drummond", "Eklund", "Faraday",
    "Fontaine", "Galbraith", "Haddad", "Holloway", "Ibarra", "Jankowski", "Kaur", "Kowalski", "Lindqvist", "Lovell",
    "Marchetti", "Mbeki", "Novak", "Okafor", "Pereira", "Quayle", "Rahman", "Sandoval", "Thorne", "Underhill", "Varga",
    "Whitlock", "Xavier", "Yates", "Zielinski",
)  # fmt: skip
PARTS: Final = MappingProxyType(
    {
        "person": (
            "a night nurse", "the postman", "my neighbour", "a teacher", "our baker", "a student", "the ferryman",
            "an apprentice", "the choir mistress", "a retired signalman", "the youngest judge", "a courier",
        ),
        "thing": (
            "lamp", "bracket", "battery", "front light", "rear light", "switch", "lens", "charging cable", "dynamo",
            "reflector", "clip", "spare part",
        ),
        "place": (
            "the canal path", "the station yard", "the old bridge", "a wet car park", "the school gate", "a hill road",
            "the market square", "the harbour wall", "a forest track", "the underpass", "the long lane home",
        ),
        "when": (
            "in November", "on the first dark evening", "after the clocks went back", "before breakfast", "last winter",
            "on a Tuesday", "in heavy rain", "half an hour before sunset", "at six in the morning", "in fog",
        ),
        "quality": (
            "bright enough", "simpler than the last one", "heavier than it looks", "easy to mend", "quiet",
            "cheaper than a new one", "good in the rain", "too bright for the path", "small", "well made",
        ),
        "did": (
            "took apart", "tested", "drew", "photographed", "mended", "carried", "lent out", "wrote about", "measured",
            "dropped", "counted", "compared",
        ),
        "learnt": (
            "a charged battery matters more than a bright one", "nobody reads the small print twice",
            "a beam pointed down helps everyone", "cold takes a third of the charge",
            "the cheapest clip is the one that breaks", "people ride slower when they can see",
            "a screw is easier to mend than glue", "children notice lamps before their parents do",
            "most faults are dirt on a contact", "one good photograph says more than ten",
        ),
        "number": ("two", "three", "four", "five", "seven", "eleven", "a dozen", "twenty", "forty", "ninety"),
        "unit": ("rides", "evenings", "miles", "letters", "lamps", "entries", "photographs", "streets", "questions"),
        "idea": (
            "a route", "a drawing", "a short film", "a letter", "a repair", "a photograph", "a list of faults",
            "a sound recording", "a map", "a poem of four lines",
        ),
        "town": TOWNS,
    }
)  # fmt: skip
SENTENCES: Final = (
    "{When}, {person} {did} the {thing} near {place} and wrote down what happened.",
    "The {thing} was {quality}, and that surprised {person} more than anybody.",
    "We asked for {idea}, and {number} {unit} later we had more than we could read in an evening.",
    "What we learnt is plain: {learnt}.",
    "{Person} from {town} said that the {thing} was {quality}; we think so too.",
    "It doesn't matter whether the {thing} is new, because {learnt}.",
    "Between {town} and {town} there are {number} {unit} of road without a single street lamp.",
    "Nobody at {place} had expected {idea}, least of all {when}.",
    "The judges {did} every {thing} {when} and agreed on all but {number} of them.",
    "If you have only one evening, {did_now} the {thing} first and leave the rest for the weekend.",
    "{Person} brought {idea} to {place}, which is how this page came about.",
    "After {number} {unit} the {thing} still worked, although it had spent a night at {place}.",
    "You can see the difference {when}: the light reaches the kerb, and the driver sees the rider.",
    "There were {number} {unit} in all, and every one of them was read by two people.",
    "We changed the {thing} because {person} told us that it was not {quality}.",
    "Some of this sounds small, but {learnt}.",
    "In {town} the road is narrow, so {person} rides with the {thing} on all day.",
    "A {thing} costs less than a taxi from {place}, and it lasts for years.",
    "The first answer came from {town} {when}, from {person} who had never entered anything before.",
    "We keep the {thing} in a drawer at the workshop and lend it to anyone who asks.",
)
HEADINGS: Final = (
    "How it began", "What happened {when}", "The {thing} on the road", "Why we asked", "What {person} noticed",
    "{Number} {unit} later", "The view from {place}", "What to do with the {thing}", "In the workshop", "What is next",
    "Questions from {town}", "What it costs", "How it was judged", "A word about {place}", "What we would do again",
)  # fmt: skip
ITEMS: Final = (
    "a {thing} that is {quality}", "{idea} made near {place}", "{number} {unit} {when}", "what {person} {did}",
    "a note from {person} in {town}", "time for {number} {unit}", "nothing that needs a password",
)  # fmt: skip
QUOTES: Final = (
    "I ride past {place} every morning, and for the first time I am not afraid of the bend. The {thing} is {quality}.",
    "Bought it for the {thing}, kept it for the way they answer letters. {Number} {unit} so far and no complaint.",
    "It isn't cheap, but {learnt}. My daughter has asked for one as well.",
    "{When} the {thing} stopped working. They mended it while I waited and explained what they did.",
    "We used it for {number} {unit} around {town}. It was {quality}, which is all I ask of a lamp.",
    "The {thing} rattled at first. A drop of glue, and {person} now wants the same.",
)
WORKS: Final = (
    "Why the {thing} points down", "{Number} {unit} with one {thing}", "Home from {place}", "What {person} taught me",
    "Mending a {thing} in nine minutes", "Riding home {when}",
)  # fmt: skip

_SLOT: Final = re.compile(r"\{([A-Za-z_]+)\}")
_NOW: Final = MappingProxyType(
    {"took apart": "take apart", "tested": "test", "drew": "draw", "photographed": "photograph", "mended": "mend",
     "carried": "carry", "lent out": "lend out", "wrote about": "write about", "measured": "measure",
     "dropped": "drop", "counted": "count", "compared": "compare"}
)  # fmt: skip


def fill(random: Random, pattern: str) -> str:
    """A pattern with a word of the named part in each slot; a slot with a capital letter gives one too."""
    return _SLOT.sub(lambda match: _choose(random, match.group(1)), pattern)


def _choose(random: Random, slot: str) -> str:
    if slot == "did_now":
        return _NOW[random.choice(PARTS["did"])]
    word = random.choice(PARTS[slot.lower()])
    return word[0].upper() + word[1:] if slot[0].isupper() else word


def sentence(random: Random) -> str:
    """One sentence."""
    return fill(random, random.choice(SENTENCES))


def heading(random: Random) -> str:
    """A heading of two to six words."""
    return fill(random, random.choice(HEADINGS))


def item(random: Random) -> str:
    """A line of a list, without a full stop."""
    return fill(random, random.choice(ITEMS))


def person(random: Random) -> str:
    """A given name and a family name."""
    return f"{random.choice(GIVEN)} {random.choice(FAMILY)}"


def reviewer(random: Random) -> str:
    """A given name and an initial, as people sign what they think of a thing; no twintern is called so."""
    return f"{random.choice(GIVEN)} {random.choice(FAMILY)[0]}."
