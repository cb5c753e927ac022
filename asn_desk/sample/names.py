"""Puts invented names together: given, further and family names of one tradition, as SIASN prints them."""

from random import Random

from asn_desk.sample.name_words import TRADITIONS, Tradition

_WEIGHTS = [tradition.weight for tradition in TRADITIONS]


def pick_tradition(rng: Random) -> Tradition:
    """Draw a naming tradition by its share in the city."""
    return rng.choices(TRADITIONS, _WEIGHTS)[0]


def personal_name(rng: Random, tradition: Tradition, *, woman: bool) -> str:
    """Return an invented name in capitals, without titles: one word to about seven words, some with initials."""
    given = rng.choice(tradition.women if woman else tradition.men)
    if rng.random() < tradition.single and len(given) > 4:
        return given.upper()
    words = [given, *_more_names(rng, tradition, woman=woman)]
    if rng.random() < tradition.family_share or len(words) == 1:
        words.append(rng.choice(tradition.family or (tradition.women_more if woman else tradition.men_more)))
    if len(words) > 2 and rng.random() < 0.12:
        words[1] = f"{words[1][0]}."
    before = tradition.women_before if woman else tradition.men_before
    if before and rng.random() < tradition.before_share:
        words.insert(0, rng.choice(before))
    return " ".join(words).upper()


def _more_names(rng: Random, tradition: Tradition, *, woman: bool) -> list[str]:
    """Further given names: usually one without a family name, now and then three (the very long names)."""
    pool = tradition.women_more if woman else tradition.men_more
    wanted = 0 if tradition.family_share > 0.6 else 1
    wanted += rng.random() < tradition.double
    if rng.random() < 0.012:
        wanted = 4
    chosen: list[str] = []
    while len(chosen) < wanted:
        name = rng.choice(pool)
        if name not in chosen:
            chosen.append(name)
    return chosen
