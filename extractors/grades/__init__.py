"""What maturity levels and factory levels have in common: statements with their surroundings, and how a grade in them is to be read."""
