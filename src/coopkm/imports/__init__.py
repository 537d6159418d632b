"""Documents that an office already has, brought in as drafts: nothing of them is lost, nothing is published."""
