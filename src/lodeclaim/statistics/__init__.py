"""Official tables carried over as claims: one Parquet vintage for each release, one row for each figure."""
