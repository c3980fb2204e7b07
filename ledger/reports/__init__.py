"""From figures to something to read: pictures, pages, tables and files. Knows no database and no score of its own."""
