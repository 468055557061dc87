"""What a lesson refers to, so that no answer is typed by hand: numbers, curves and places of a step's view."""
