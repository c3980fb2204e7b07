"""One module per foreign format: file to drafts of entries, and back."""
