"""Figures: pure functions from a trace, or from numbers of `analysis`, to a plotly figure. `style` has the colours."""
