-- Times are nanoseconds since 1970-01-01T00:00:00Z.

CREATE TABLE epoch (
  instance TEXT NOT NULL PRIMARY KEY,
  number   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The index: one row a task, always that of its newest event.
CREATE TABLE task (
  id          TEXT NOT NULL PRIMARY KEY,
  owner       TEXT NOT NULL,
  status      TEXT NOT NULL,
  phase       TEXT NOT NULL,
  image       TEXT,
  runtime     TEXT,
  case_id     TEXT,
  task_id     TEXT,
  role        TEXT,
  priority    INTEGER NOT NULL,
  queued_at   INTEGER NOT NULL,
  started_at  INTEGER,
  finished_at INTEGER,
  cause       TEXT,
  exit_code   INTEGER
) STRICT, WITHOUT ROWID;

-- Each ends with the id, so that a filter is read newest first without sorting.
CREATE INDEX task_by_status    ON task (status, id);
CREATE INDEX task_by_owner     ON task (owner, id);
CREATE INDEX task_by_image     ON task (image, id);
CREATE INDEX task_by_runtime   ON task (runtime, id) WHERE runtime IS NOT NULL;
CREATE INDEX task_by_case      ON task (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX task_by_task      ON task (task_id, id) WHERE task_id IS NOT NULL;
CREATE INDEX task_by_role      ON task (role, id) WHERE role IS NOT NULL;
CREATE INDEX task_by_queued_at ON task (queued_at, id);

CREATE TABLE label (
  task  TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (task, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX label_by_value ON label (name, value, task);

-- The journal. AUTOINCREMENT: a position is never given out twice, even if the newest events are removed.
CREATE TABLE event (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  task     TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  type     TEXT NOT NULL,
  body     BLOB NOT NULL,
  UNIQUE (task, sequence)
) STRICT;

CREATE TABLE idempotency_key (
  owner TEXT NOT NULL,
  key   TEXT NOT NULL,
  task  TEXT NOT NULL REFERENCES task (id) ON DELETE CASCADE,
  PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_key_by_task ON idempotency_key (task);
