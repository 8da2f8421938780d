"""Many runs: replications, variants and the workers that do them."""
