"""How much work people had with what the machine drafted: counted, summed up, shown with care."""
