"""How it looks: figures, tables and documents."""
