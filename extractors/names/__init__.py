"""The applicant's name and its legal representative, as fields and sentences give them."""
