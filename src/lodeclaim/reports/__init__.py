"""Briefs: what is known of a material, chosen, put in order and shown with the claims behind it."""
