"""Search in schema 0002: names in one piece, and the words that a mistyped one may have meant, for the people already there."""

from __future__ import annotations

from sqlalchemy import Connection, text

from asn_desk.database.search import folded
from asn_desk.database.search_spelling import in_one_piece, spelling_keys, words_of

_AT_ONCE = 5000
_PLACES = "SELECT name FROM units WHERE id IN (SELECT unit_id FROM employees UNION SELECT opd_id FROM employees)"


def fill_search(connection: Connection) -> None:
    """Write the search text and the words of everybody."""
    words: set[str] = set()
    people = connection.execute(text("SELECT id, sort_name, post_name FROM employees")).all()
    for start in range(0, len(people), _AT_ONCE):
        rows = [{"of": one, "piece": f" {in_one_piece(name)}"} for one, name, _ in people[start : start + _AT_ONCE]]
        connection.execute(
            text("UPDATE employee_search SET content = ' ' || content || CAST(:piece AS TEXT) WHERE employee_id = :of"),
            rows,
        )
    for _, name, post in people:
        words |= words_of(name, folded(post))
    for name in connection.execute(text(_PLACES)).scalars():
        words |= words_of(folded(name))
    spelled = [{"spelling": key, "word": word} for word in sorted(words) for key in sorted(spelling_keys(word))]
    if spelled:
        connection.execute(text("INSERT INTO search_words (spelling, word) VALUES (:spelling, :word)"), spelled)
