"""Many tasks: here, in processes of this machine, or on a cluster; the results are the same."""
