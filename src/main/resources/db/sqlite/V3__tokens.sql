-- Tokens that were given out: their SHA-256, never themselves.
CREATE TABLE token (
  id             TEXT NOT NULL PRIMARY KEY,
  name           TEXT NOT NULL,
  role           TEXT NOT NULL,
  max_concurrent INTEGER,
  max_queued     INTEGER,
  hash           TEXT NOT NULL UNIQUE,
  created_at     INTEGER NOT NULL,
  created_by     TEXT NOT NULL,
  expires_at     INTEGER,
  revoked_at     INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX token_by_name ON token (name);
