"""How the house writes docstrings, said in the way mkdocstrings reads them.

Here ``name : what it is`` tells what a parameter is; its type stands in the signature. NumPy's style would take what
comes after the colon for the type.
"""

import re
from functools import partial

_HEADING = re.compile(r"^(\w[\w ]*)\n-+$", flags=re.MULTILINE)
_TABLE = re.compile(r"^==+ [= ]+=\n(?:.+\n)*?(?:==+ [= ]+=\n(?:.+\n)*?)==+ [= ]+=\n", flags=re.MULTILINE)
"""A table whose columns stand under each other: Markdown has no such, so it is shown as it is written."""
_TOLD = {"Parameters": "", "Attributes": "", "Raises": "", "Returns": " :", "Yields": " :"}
"""Sections that hold ``name : text``, and what follows a name whose type is left to the signature."""
_ENTRY = re.compile(r"^(\w[\w, *]*?) : (.+(?:\n .*)*)$", flags=re.MULTILINE)
"""Names, and what is said of them on the same line and on the indented ones below it."""


def told(docstring: str) -> str:
    r"""A docstring with what stands after ``name :`` below the name.

    Examples
    --------
    >>> told("Parameters\n----------\nsteps : how many,\n    from 0\n").splitlines()[2:]
    ['steps', '    how many,', '    from 0']
    """
    pieces = _HEADING.split(docstring)
    headings = _HEADING.findall(docstring)
    text = pieces[0]
    for heading, body in zip(headings, pieces[2::2], strict=True):
        if heading in _TOLD:
            body = _ENTRY.sub(partial(_below, after=_TOLD[heading]), body)
        text += f"{heading}\n{'-' * len(heading)}{body}"
    return _TABLE.sub(lambda match: f"```text\n{match[0]}```\n", text)


def _below(entry: re.Match[str], after: str) -> str:
    """Each of the names on a line of its own, with what is said of all: a reader would give the first's type to all."""
    return "\n".join(f"{name}{after}\n    {entry[2]}" for name in entry[1].split(", "))
