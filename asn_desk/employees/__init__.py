"""The employee registry: NIP, posts held over time, workbook import, search."""
