"""From plain values to pages: lines, tables, floating objects, columns, and where a page ends."""
