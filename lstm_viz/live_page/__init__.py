"""Live pages without a server: the app's own pictures as one HTML file, for notebooks, disks and e-mails.

The modules are those of `web/`, joined by `assets`; `recorded` puts a trace into such a file, `view` a view of the app.
Beside these stands what every page sends to a browser, whoever serves it: `colours`, and the words of the `gates`.
"""

from lstm_viz.live_page.notebook import LivePage, show

__all__ = ["LivePage", "show"]
