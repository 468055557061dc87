"""The page that a telephone opens: plain HTML that loads our own modules and nothing else, without Streamlit."""

from functools import lru_cache

from lstm_viz.live_page.assets import needed
from lstm_viz.ui.bridge import served
from lstm_viz.ui.navigation import NAME

ENTRY = "room/phone.js"
# Scripts may set colours and sizes on elements; a sheet or a script comes from this server or not at all.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "style-src-attr 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HTML = """\
<!doctype html>
<html lang="en" translate="no">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>Show of hands · {name}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{sheet}">
{modules}
</head>
<body data-app="{app}">
<main id="lv-room"></main>
<noscript><p>This page needs JavaScript, which is switched off here.</p></noscript>
<script type="module" src="{script}"></script>
</body>
</html>
"""


@lru_cache(maxsize=2)
def html(app: str) -> str:
    """The page.

    Parameters
    ----------
    app : the app's own address, as seen from the page's
    """
    files = served.web()
    preloaded = [f'<link rel="modulepreload" href="{app}{files[path].address}">' for path in needed(ENTRY)]
    return _HTML.format(
        name=NAME,
        sheet=app + files["room/sheets.css"].address,
        modules="\n".join(preloaded),
        app=app,
        script=app + files[ENTRY].address,
    )
