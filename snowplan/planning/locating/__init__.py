"""Optimal placement: location models, what they are asked, and the placements they propose."""
