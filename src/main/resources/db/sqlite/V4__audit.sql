-- Who did what: one chain for each runner. What an entry says is in the column entry, as it is hashed and given out; the
-- columns beside it are for finding it.
CREATE TABLE audit (
  chain      TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  who        TEXT,
  action     TEXT NOT NULL,
  target     TEXT,
  outcome    TEXT NOT NULL,
  checkpoint INTEGER NOT NULL,
  hash       TEXT NOT NULL,
  entry      BLOB NOT NULL,
  PRIMARY KEY (chain, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_by_who     ON audit (chain, who, sequence) WHERE who IS NOT NULL;
CREATE INDEX audit_by_target  ON audit (chain, target, sequence) WHERE target IS NOT NULL;
CREATE INDEX audit_by_action  ON audit (chain, action, sequence);
CREATE INDEX audit_by_outcome ON audit (chain, outcome, sequence) WHERE outcome <> 'ok';
CREATE INDEX audit_by_at      ON audit (chain, at, sequence);
CREATE INDEX audit_checkpoint ON audit (chain, sequence) WHERE checkpoint = 1;

-- What retention removes at once: entries of one day, a thousand at most. Checkpoints belong to none.
CREATE TABLE audit_block (
  chain   TEXT NOT NULL,
  first   INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  newest  INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  bytes   INTEGER NOT NULL,
  PRIMARY KEY (chain, first)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'an audit entry is never changed');
END;

CREATE TRIGGER audit_checkpoint_is_kept BEFORE DELETE ON audit WHEN OLD.checkpoint = 1
BEGIN
  SELECT RAISE(ABORT, 'an audit checkpoint is kept for ever');
END;
