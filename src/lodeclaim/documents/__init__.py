"""What was published: text, HTML and PDF become documents whose text is never edited."""
