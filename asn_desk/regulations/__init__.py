"""Rule packs and election calendars: cited, dated data about who owes what by when."""
