"""Whose a statement is: firms' names in running text, the words for the applicant and for others, and which of them governs a place."""
