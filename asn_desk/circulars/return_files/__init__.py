"""Return files: a sealed workbook per OPD, out and back."""
