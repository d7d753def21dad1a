"""Measurements, and the data they are made on; docs/stories.md holds what they gave."""
