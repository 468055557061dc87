"""Equations as drawings that every browser shows alike: no script, and no font that a reader may not have.

MathML needs a font of mathematics, which many systems lack; KaTeX and MathJax come with fonts and scripts of their own.
`ziamath` draws with the outlines of STIX Two while the site is built, some 20 kB an equation. Screen
readers get MathML.
"""

import re
from functools import cache
from html import unescape

import ziamath
from latex2mathml.converter import convert

ziamath.config.precision = 2

SIZE = 19
"""Pixels of a letter."""


def drawn(html: str) -> str:
    """A page with its equations drawn; see `page.equation_place`."""
    return re.sub(r'<span data-latex="([^"]*)"></span>', lambda match: equation(unescape(match[1])), html)


@cache
def equation(latex: str) -> str:
    """An equation as HTML: a drawing in the colour of the text, and MathML for those who listen."""
    picture = ziamath.Latex(latex, size=SIZE, color="currentColor").svg()
    picture = picture.replace("<svg ", '<svg aria-hidden="true" ', 1).replace("\n", " ")
    return f'{picture}<span class="listened">{convert(latex)}</span>'
