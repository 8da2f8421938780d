"""What would be better, and what a plan cannot do: proposals and findings before any run."""
