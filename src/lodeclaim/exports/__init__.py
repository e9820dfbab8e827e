"""What we hold, in the formats of others: tables, sheets, linked data; and back from JSON lines."""
