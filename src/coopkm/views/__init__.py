"""Pure answers drawn from a library; they neither print nor write."""
