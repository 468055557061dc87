"""Between Streamlit and the browser: the session, messages, and the browser's files."""
