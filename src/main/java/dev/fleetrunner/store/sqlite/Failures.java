package dev.fleetrunner.store.sqlite;

import dev.fleetrunner.store.StoreUnavailable;
import dev.fleetrunner.store.StoreUnavailable.Reason;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean for a caller. */
final class Failures {
    private static final int PRIMARY = 0xff;
    /** A statement that is refused for its own values leaves the transaction around it whole (sqlite.org/rescode). */
    private static final Set<SQLiteErrorCode> OF_THE_VALUES =
            Set.of(SQLiteErrorCode.SQLITE_CONSTRAINT, SQLiteErrorCode.SQLITE_TOOBIG, SQLiteErrorCode.SQLITE_MISMATCH);

    private Failures() {}

    /** Whether the values of one statement are at fault rather than the store. */
    static boolean ofTheValues(SQLException e) {
        return OF_THE_VALUES.contains(primary(e));
    }

    static RuntimeException of(SQLException e) {
        if (ofTheValues(e)) {
            return new IllegalArgumentException("the store cannot hold this: " + e.getMessage(), e);
        }
        Reason reason =
                switch (primary(e)) {
                    case SQLITE_FULL -> Reason.STORAGE_FULL;
                    case SQLITE_BUSY, SQLITE_LOCKED -> Reason.OVERLOADED;
                    default -> Reason.IO;
                };
        return new StoreUnavailable(reason, "the store failed: " + e.getMessage(), e);
    }

    static StoreUnavailable closed() {
        return new StoreUnavailable(Reason.CLOSED, "the store is closed", null);
    }

    static StoreUnavailable overloaded(int waiting) {
        return new StoreUnavailable(Reason.OVERLOADED, waiting + " operations wait for the store already", null);
    }

    private static SQLiteErrorCode primary(SQLException e) {
        return e instanceof SQLiteException sqlite
                ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY)
                : SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
