"""From a chosen file to rows of people: what the file really is, its sheets, its columns, every cell understood or refused."""
