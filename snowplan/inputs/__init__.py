"""How files are read, and what makes them wrong."""
