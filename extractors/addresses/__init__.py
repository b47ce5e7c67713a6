"""Where an address begins and ends, which sentences give one, and in which province and district it may lie."""
