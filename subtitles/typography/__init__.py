"""The typography pass: dashes, ellipses, quotation marks, spaces and casing of each language."""
