"""Streamlit's own widgets tied to settings, charts, tables, and long work."""
