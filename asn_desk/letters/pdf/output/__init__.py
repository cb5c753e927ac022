"""From pages to a PDF file: fonts, pictures, operators, and one file or thousands."""
