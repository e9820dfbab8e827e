"""What we hold: documents, their claims and the judgements on names, append-only; the only place with SQL."""
