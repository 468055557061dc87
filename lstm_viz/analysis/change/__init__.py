"""What a change of the input or of a gate did: which tokens correspond, what moved, which unit matters."""
