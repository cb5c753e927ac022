"""Neutrality circulars: publication, audience, acknowledgement per employee."""
