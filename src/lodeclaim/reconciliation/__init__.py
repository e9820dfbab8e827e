"""Which claims speak of one thing, the settled value with its interval, and where sources disagree."""
