"""What answers say of questions and of learning: from files of results to figures, and a report of them."""
