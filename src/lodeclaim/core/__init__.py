"""Quantities, periods, errors and ids: what every other layer rests on and nothing of minerals."""
