"""What to do next: pure decisions from what is known now."""
