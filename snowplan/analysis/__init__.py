"""What it means: pure questions to frames of results."""
