"""The steps from every earlier version of the ledger to the present one, forward only."""
