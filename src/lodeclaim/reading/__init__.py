"""Text becomes claims: mentions, then frames, then claims, every slot with its reason."""
