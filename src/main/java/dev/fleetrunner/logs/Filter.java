package dev.fleetrunner.logs;

/** Decides which records a query wants, apart from where they are. */
final class Filter {
    private final LogStream stream;
    private final LogGrep.Search search;

    Filter(LogQuery query) {
        stream = query.stream();
        search = query.grep() == null ? null : query.grep().search();
    }

    boolean wants(LineView view) {
        if (stream != null && view.from() != stream) {
            return false;
        }
        return search == null || !view.isGap() && search.matches(view.bytes());
    }
}
