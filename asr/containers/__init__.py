"""Files and containers, before anything is decoded."""
