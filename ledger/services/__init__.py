"""The use cases: record, review, score, transfer, maintain."""
