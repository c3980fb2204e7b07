"""Reports: what an open ledger says gathered into one model, and written in the form that was asked for."""
