"""What the user did, in order, and the settings after it: read `reducer` first; the others hold the rules of one thing.

No Streamlit here: what goes in and what comes out are plain values.
"""
