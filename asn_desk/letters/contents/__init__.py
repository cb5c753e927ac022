"""What the letters say: kinds and their fields, entered values, signatures, legal texts, what the program works out."""
