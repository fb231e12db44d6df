"""Words that join others and say nothing by themselves: not looked for where other words are.

Chosen from the closed classes of both grammars, not by frequency: articles, prepositions of place, time and belonging,
and the conjunctions “and”, “or”. What changes the sense stays out of the list, however frequent it is: negations,
pronouns, verbs, “against”, “without”, “between”, “plus”; and what is also a name, such as “it” or “us”.
"""

from __future__ import annotations

ENGLISH = "a an the of in on at to for from by with into upon as and or"
RUSSIAN = "и в во на с со к ко о об обо от из по у для или"
FUNCTION_WORDS = frozenset(f"{ENGLISH} {RUSSIAN}".split())


def is_function_word(word: str, query: str) -> bool:
    """Whether this word of a query joins others; capitals in a query of small letters are a name: IN is India."""
    is_name = len(word) > 1 and word.isupper() and not query.isupper()
    return word.lower() in FUNCTION_WORDS and not is_name
