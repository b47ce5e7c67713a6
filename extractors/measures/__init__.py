"""The firm's figures: metrics, quantities, tables and sentences that give them, and the year of each."""
