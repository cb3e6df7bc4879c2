"""Asking: which questions still matter, what an answer looks like, and what it does to the profile."""
