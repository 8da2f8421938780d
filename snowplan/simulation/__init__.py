"""What happens over time; the only package that knows SimPy."""
