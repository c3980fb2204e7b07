"""The terminal UI, on Textual: screens and widgets over the services. Nothing here queries, scores or opens a file."""
