"""From a DOCX to plain values: the package, its styles and lists, and every kind of block."""
