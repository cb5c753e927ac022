"""The look: tokens, style sheet, fonts and icons, light and dark."""
