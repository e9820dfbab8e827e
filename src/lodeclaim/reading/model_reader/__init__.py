"""An optional second reader: a language model drafts, and only what the text and our grammar confirm is kept."""
