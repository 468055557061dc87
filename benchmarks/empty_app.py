"""The floor of a cold start: what the app cannot do without, and an empty page."""

import streamlit as st
import torch

st.html(f'<div class="lv-page" data-painted="0">torch {torch.__version__}</div>')
