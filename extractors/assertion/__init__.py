"""The parts of the assertion engine: what it knows of a text, and the reasons why words may not be asserted, by kind."""
