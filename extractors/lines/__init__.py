"""How a text is cut before anybody reads it: clauses, headings, tables of tabs, the numbers of items, quoted rules."""
