"""The terminal: one module a command, and nothing heavy until a command runs."""
