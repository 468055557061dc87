"""What a network's answers mean as numbers: the one that is followed, split and ranked."""
