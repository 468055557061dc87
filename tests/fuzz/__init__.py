"""Random, damaged and hostile inputs for everything that takes any: ``python -m tests.fuzz`` runs them by thousands.

`surfaces/` has a file for each thing that takes input; `mutations.py` and `mutated_bytes.py` say how they are damaged;
`trying.py` says what may come of a case, and `watched.py` runs cases in a process that is watched. `walks/` does the
same with a mouse and a keyboard. The suite runs a short part of each in `test_short.py`.
"""
