"""What a translation is compared with its source for, without understanding either.

Numbers, names, negations, scripts and copies leave marks that can be counted; a wrong meaning in
good words does not, and stays a person's work.
"""
