"""A cell's equations: as trees, as a drawing's wiring, as lines of calculation, and with the numbers of a step."""
