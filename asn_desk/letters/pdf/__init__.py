"""Our own DOCX to PDF writer: the part of WordprocessingML that official letters use, laid out on reportlab's canvas.

The way of a letter: `opc` opens the zip, `ooxml` parses its parts, `styles`, `numbering` and `settings` hold what the whole
document shares, `reader` turns the body into the plain values of `model`, `inline`, `lines`, `blocks` and `tables` measure
them, `pages` places them on sheets, `paint` draws the sheets. `writer` is the only module other packages use.
"""
