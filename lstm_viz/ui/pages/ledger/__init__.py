"""Memory ledger."""
