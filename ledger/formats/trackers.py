"""The other trackers whose files come in: the name for ``--from``, what it is, its module; the table reads them in."""

TRACKERS = (
    ("fatebook-csv", "Fatebook's CSV export", "fatebook_csv"),
    ("fatebook-json", "Fatebook's API (JSON)", "fatebook_json"),
    ("fatebook-sheet", "Fatebook's spreadsheet import", "fatebook_sheet"),
    ("predictionbook-json", "PredictionBook's predictions (JSON)", "predictionbook_json"),
    ("predictionbook-csv", "PredictionBook's CSV, which lacks one's own probabilities", "predictionbook_csv"),
    ("predictionbook-page", "saved pages of PredictionBook (HTML)", "predictionbook_page"),
    ("metaculus-zip", "Metaculus's download (zip or CSV)", "metaculus_zip"),
    ("metaculus-json", "Metaculus's API (JSON)", "metaculus_json"),
    ("manifold", "Manifold's bets and markets (JSON)", "manifold"),
    ("good-judgment", "prediction sets of Good Judgment's platform (JSON)", "good_judgment"),
    ("good-judgment-collected", "predictions collected from Good Judgment Open (JSON)", "good_judgment_collected"),
    ("forecastbench", "ForecastBench's sets (JSON)", "forecastbench"),
    ("cleodora", "Cleodora's GraphQL answer (JSON)", "cleodora"),
    ("prt", "predict, resolve, tally (tab-separated)", "prt"),
    ("adiabatic", "claims with confidences in YAML", "adiabatic"),
    ("magoo", "files of magoo's forecast command (YAML front matter)", "magoo"),
    ("bayesian-predictions", "BayesianPredictions (JSON)", "bayesian_predictions"),
    ("markdown", "a Markdown table of predictions", "markdown_table"),
)
