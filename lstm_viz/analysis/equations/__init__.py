"""A cell's equations as a reader meets them: as a drawing, and as lines of numbers that are right as shown.

Everything starts from the tree that `lstm_viz.cells.expression` finds in a definition. Read `stages` first: it spells a
tree out as a calculation, from the terms of a weighted sum to the result.

- numbers: `weighted_sums` (of a layer), `evaluation` (of a tree), `decimals` (how many are shown, the one rule);
  `step_numbers` puts them together for every step and unit, `cell_arithmetic` for one, as text
- writing: `tokens` (a tree as it is written), `symbols` (what stands for each leaf)
- for the browser: `trees` (expressions and equations as plain lists)
- drawing: `graph` (parts and what they read), `wiring` (where they sit), `links` (from a term to its part)
"""
