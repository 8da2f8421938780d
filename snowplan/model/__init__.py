"""What things are: roads, snow, machines, depots, crews, the plan."""
