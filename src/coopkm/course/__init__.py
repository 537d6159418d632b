"""The course kit: a plan of days drawn up from modules, and everything on paper that a course day needs."""
