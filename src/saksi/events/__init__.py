"""Events: which claims are about the same happening, what each origin says of it, and on what they differ.

Pure but for `kept`: frozen data in, events out. `kept` makes and keeps the events of a ledger.
"""
