"""Our own DOCX to PDF writer: the part of WordprocessingML that official letters use, laid out without an office suite.

The way of a letter: `opc` opens the zip, `ooxml` parses its parts, `styles` and `numbering` hold what the whole document
shares, `reader` and the `read_*` modules turn the body into the plain values of `model` (`known` and `worded` spare what
earlier letters of the template had), `inline`, `lines`, `layout`, `table_layout` and `autofit` measure them, `pages`,
`lanes` and `uneven` place them on sheets, `page_edges` draws lines around pages, `paint` writes the sheets. `metafiles`
draws old Windows pictures, `footnotes` gathers notes for the end, `unprinted` tells what is left out. `writer` and `batch`
are the only modules other packages use.
"""
