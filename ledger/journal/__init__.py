"""The truth: entries in the order they were recorded, canonical bytes, a hash chain. Standard library only."""
