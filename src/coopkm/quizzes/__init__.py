"""Questions as they are answered: grading. Pure."""
