"""Reading a folder of scanned slips and collective sheets: whose paper each page is, and who signed."""
