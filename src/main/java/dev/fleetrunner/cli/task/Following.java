package dev.fleetrunner.cli.task;

import dev.fleetrunner.cli.rest.Address;
import dev.fleetrunner.cli.rest.LogLine;
import dev.fleetrunner.cli.rest.LogReader;
import dev.fleetrunner.cli.rest.Service;
import dev.fleetrunner.cli.rest.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** Reads a task's log, up to now or to the end of the task; a lost connection goes on where it was. */
public final class Following {
    private static final String NDJSON = "application/x-ndjson";

    private final Service service;
    private final String id;
    private final LogFilter filter;
    private final Consumer<List<LogLine>> sink;
    private final Patience patience = new Patience();
    private long last;
    private boolean answered;

    /** Of a task of a service; what is read goes to the sink, as many records at a time as there are. */
    public Following(Service service, String id, LogFilter filter, Consumer<List<LogLine>> sink) {
        this.service = service;
        this.id = id;
        this.filter = filter;
        this.sink = sink;
    }

    /** Reads what is there now. */
    public void upToNow() {
        read(false);
    }

    /** Reads until the task is over and nothing more can come. */
    public void toTheEnd() {
        for (boolean over = false; !over; ) {
            read(true);
            over = isOver();
        }
        // A service that stops ends its streams; what the task wrote after that is still to be read.
        read(false);
    }

    private void read(boolean follow) {
        while (true) {
            try (InputStream stream = service.open(filter.after(last).address(id, follow), NDJSON)) {
                answered = true;
                patience.renew();
                LogReader reader = new LogReader(stream);
                for (List<LogLine> lines = reader.next(); lines != null; lines = reader.next()) {
                    sink.accept(lines);
                    last = lines.get(lines.size() - 1).seq();
                }
                return;
            } catch (IOException broken) {
                endure(service.unreachable(broken));
            }
        }
    }

    private boolean isOver() {
        while (true) {
            try {
                boolean over = "done"
                        .equals(service.get(Address.ofTask(id, ""))
                                .tree()
                                .path("phase")
                                .asText());
                patience.renew();
                return over;
            } catch (Unreachable away) {
                endure(away);
            }
        }
    }

    /** A service that was never there is not waited for. */
    private void endure(Unreachable failure) {
        if (!answered) {
            throw failure;
        }
        patience.afterFailure(failure);
    }
}
