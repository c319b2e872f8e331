"""Languages as data: folders of YAML, compiled once."""
