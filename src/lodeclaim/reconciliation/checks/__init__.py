"""The checks, each a small function that flags and explains; `registry` lists them all."""
