"""Claims: clauses, roles, voices, context and wording, and how they become records."""
