"""Surat: the outgoing register and the wizard that fills, previews, numbers and issues letters."""
