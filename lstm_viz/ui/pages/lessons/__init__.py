"""Lessons, and Start here: a lesson's steps beside their live views."""
