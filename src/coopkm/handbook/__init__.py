"""The yearly KM handbook as a printed document, from the same units as the site."""
