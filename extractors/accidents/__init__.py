"""Accidents: where a text says that one took place, its kind, grade and harm, in sentences, lists, counts and ledgers."""
