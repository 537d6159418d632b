"""Sites of offices: a new one, several together, and what changed in the knowledge that they share."""
