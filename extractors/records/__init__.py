"""What accidents, penalties and bad credit share: denials, the answers to prompts, rows that are judged, the time of a statement."""
