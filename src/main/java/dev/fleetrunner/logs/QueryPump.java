package dev.fleetrunner.logs;

import dev.fleetrunner.async.Pump;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Queue;

/** Reads what a query asks for, up to what is there or, following, up to the seal. */
final class QueryPump<T> implements Pump<T> {
    private final Shelf shelf;
    private final String taskId;
    private final LogFile file;
    private final LogQuery query;
    private final boolean follow;
    private final Shape<T> shape;
    private final Filter filter;
    private final LineView view = new LineView();
    private LogState horizon;
    private TailSearch tail;
    private long from;
    private long left;
    private long offset;

    QueryPump(Shelf shelf, String taskId, LogQuery query, boolean follow, Shape<T> shape) {
        this.shelf = shelf;
        this.taskId = taskId;
        this.query = query;
        this.follow = follow;
        this.shape = shape;
        file = shelf.take(taskId);
        filter = new Filter(query);
        left = query.limit();
    }

    @Override
    public Step next(Queue<T> out) throws IOException {
        if (horizon == null) {
            begin();
        }
        try {
            return tail == null ? pass(out) : search();
        } catch (NoSuchFileException deleted) {
            return Step.END;
        }
    }

    private void begin() throws IOException {
        horizon = file.load();
        from = query.from();
        boolean wholeTail = query.tail() == LogQuery.ALL;
        if (!wholeTail && query.isFiltered()) {
            tail = new TailSearch((int) query.tail());
        } else if (!wholeTail) {
            from = Math.max(from, horizon.end().records() - query.tail() + 1);
        }
        seek();
    }

    private void seek() {
        offset = file.index().floor(LogPosition::records, from - 1).fileBytes();
    }

    private Step search() throws IOException {
        long end = horizon.end().fileBytes();
        if (offset < end) {
            Lines lines = Lines.read(file.path(), offset, end);
            each(lines, (start, stop) -> tail.add(view.seq()));
            return Step.MORE;
        }
        from = Math.max(from, tail.first(horizon.end().records() + 1));
        tail = null;
        seek();
        return Step.MORE;
    }

    private Step pass(Queue<T> out) throws IOException {
        if (follow) {
            horizon = file.load();
        }
        long end = horizon.end().fileBytes();
        if (offset < end && left > 0) {
            Lines lines = Lines.read(file.path(), offset, end);
            each(lines, (start, stop) -> {
                if (left > 0) {
                    left--;
                    shape.add(view, lines, start, stop, out);
                }
            });
            shape.endOfPiece(out);
        }
        if (left == 0) {
            return Step.END;
        }
        if (offset < end) {
            return Step.MORE;
        }
        return follow && !horizon.sealed() ? Step.WAIT : Step.END;
    }

    private void each(Lines lines, Chosen chosen) throws IOException {
        int start = 0;
        while (start < lines.length()) {
            int newline = lines.newline(start);
            if (!view.look(lines.bytes(), start, newline)) {
                throw new IOException("the log of task " + taskId + " is damaged at byte " + (offset + start));
            }
            if (view.seq() >= from && filter.wants(view)) {
                chosen.line(start, newline + 1);
            }
            start = newline + 1;
        }
        offset += lines.length();
    }

    @Override
    public void await(Runnable waiter) {
        file.await(horizon, waiter);
    }

    @Override
    public void close(Runnable waiter) {
        file.forget(waiter);
        shelf.giveBack(taskId, file);
    }

    private interface Chosen {
        void line(int start, int stop);
    }
}
