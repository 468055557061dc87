"""One HTML file that is all it needs: script, style and data in it, and a policy under which it can fetch nothing."""

import base64
import hashlib
import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from typing import Any

from numpy.typing import NDArray

from lstm_viz.figures.style import MONO, SANS, THEMES, Theme
from lstm_viz.live_page import assets
from lstm_viz.live_page.data import packed

_HTML = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="LSTM Viz {version}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{heading}<main id="page"></main>
<p class="made">{made}</p>
<noscript><p>The pictures are drawn by JavaScript, which is switched off here.</p></noscript>
<script type="text/plain" id="data">{data}</script>
<script type="module">{script}</script>
</body>
</html>
"""

# 'unsafe-inline' for styles alone: pictures set colours and sizes on their elements.
_POLICY = (
    "default-src 'none'; script-src 'sha256-{digest}'{more}; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)

_STYLE = """\
body { margin: 0; padding: 12px clamp(10px, 2cqi, 28px) 8px; font: 15px/1.45 var(--st-font); }
body { background: var(--st-background-color); color: var(--st-text-color); }
main { overflow-x: clip; overflow-clip-margin: 10px; }
html { container-type: inline-size; }
h1, .saying { overflow-wrap: anywhere; }
h1 { margin: 0 0 2px; font: 600 26px/1.25 var(--st-font); letter-spacing: -0.01em; }
.saying { margin: 0 0 14px; max-width: 75ch; }
.made { margin: 18px 0 0; font-size: 13px; color: var(--paper-muted); }
"""


def document(
    script: str,
    style: str,
    header: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    *,
    title: str,
    heading: str = "",
    saying: str = "",
    made: str,
    runs: bool = False,
) -> str:
    """The text of the file.

    Parameters
    ----------
    script, style : of the page, all of both
    header, arrays : what the script reads, in the element "data"
    title : of the window
    heading, saying : over the page, and below that; none where it is shown in something that has one
    made : a sentence on where it comes from
    runs : whether a network runs in it, in WebAssembly where there is that
    """
    safe = _closed(script)
    digest = base64.b64encode(hashlib.sha256(safe.encode()).digest()).decode()
    top = f"<h1>{escape(heading)}</h1>\n" if heading else ""
    top += f'<p class="saying">{escape(saying)}</p>\n' if saying else ""
    return _HTML.format(
        policy=_POLICY.format(digest=digest, more=" 'wasm-unsafe-eval'" if runs else ""),
        version=_version(),
        title=escape(title),
        style=_closed(_frame() + style),
        heading=top,
        made=escape(made),
        data=packed(header, arrays),
        script=safe,
    )


def made_by() -> str:
    """Who made a file, and when."""
    today = date.today()
    return f"LSTM Viz {_version()}, {today.day} {today:%B %Y}"


def _version() -> str:
    return str(sys.modules[__name__.partition(".")[0]].__version__)  # of the package around this


def _closed(text: str) -> str:
    """Text in which nothing ends the element that it stands in."""
    return text.replace("</", "<\\/").replace("<!--", "<\\!--")


@cache
def _frame() -> str:
    """What surrounds a page: the colours and fonts that Streamlit tells its components, and the paper below."""
    return assets.text("core/terms.css") + theme_sheet() + _STYLE


def theme_sheet() -> str:
    """The colours and fonts that Streamlit tells its components, for a page without it: light or dark."""
    light, dark = (_variables(THEMES[name]) for name in ("light", "dark"))
    return f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"


def _variables(theme: Theme) -> str:
    named = {
        "st-background-color": theme.background,
        "st-secondary-background-color": theme.panel,
        "st-text-color": theme.text,
        "st-primary-color": theme.control,
        "st-font": SANS,
        "st-heading-font": SANS,
        "st-code-font": MONO,
        "paper-muted": theme.muted,
    }
    return " ".join(f"--{name}: {value};" for name, value in named.items())
