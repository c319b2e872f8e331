"""How Alembic runs here: always on the connection that `database` gives it, inside its transaction."""

from __future__ import annotations

from alembic import context

from saksi.ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata,
                  transactional_ddl=True, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
