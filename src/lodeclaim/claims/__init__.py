"""The one shape: what a source says, with its exact place, whether a sentence or a table row."""
