"""Builds the schematic map of Pingcheng from the tables in `maps/pingcheng/facts`."""
