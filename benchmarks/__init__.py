"""Speed and memory, measured and printed; nothing here is a test."""
