"""The quality report: a title's languages in numbers, as a page for people, as JSON, as a table."""
