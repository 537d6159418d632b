"""Keeping the knowledge true: what is to be reviewed, and what changed between two editions."""
