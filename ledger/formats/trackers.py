"""The other trackers whose files come in: the name for ``--from``, what it is, its module; the table reads them in."""

TRACKERS = (
    ("fatebook-csv", "Fatebook's CSV export", "fatebook_csv"),
    ("fatebook-json", "Fatebook's API (JSON)", "fatebook_json"),
    ("fatebook-sheet", "Fatebook's spreadsheet import", "fatebook_sheet"),
)
