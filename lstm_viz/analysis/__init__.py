"""Analyses: a trace in, numbers and sentences out; one file each."""
