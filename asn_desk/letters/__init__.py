"""Letters from Word templates: filling, PDF, numbering, register, frozen originals."""
