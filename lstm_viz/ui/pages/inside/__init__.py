"""Inside the cell."""
