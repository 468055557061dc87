"""Random walks through the app in a real browser: anything is clicked, typed, dragged, cut off and loaded again.

``python -m tests.fuzz walks --walks 500 --actions 40 --seed 1``; `steps.py` has what can be done, `walk.py` what has to
hold after each step.
"""
