"""Facts about Thai and English text that every layer needs: dates, digits, clean code points, digests."""
