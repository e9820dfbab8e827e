"""What the claims mean: concentration by territory and by control, reserves; each number with its claims."""
