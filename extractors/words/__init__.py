"""The machine under the vocabulary: loads words and expressions and finds where they stand in a text, each in one pass."""
