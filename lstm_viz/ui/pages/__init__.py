"""One folder a page: what it sends to the browser, what it answers to, and its words."""
