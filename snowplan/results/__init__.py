"""What happened: records, and the files that keep them."""
