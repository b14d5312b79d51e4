-- What retention walks: the tasks that are over, the one that ended first at the front.
CREATE INDEX task_by_finished_at ON task (finished_at, id) WHERE finished_at IS NOT NULL;
