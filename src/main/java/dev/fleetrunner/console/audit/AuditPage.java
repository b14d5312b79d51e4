package dev.fleetrunner.console.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fleetrunner.audit.AuditAction;
import dev.fleetrunner.audit.AuditEntry;
import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.pipeline.AuditReading;
import dev.fleetrunner.pipeline.AuditSearch;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.store.AuditStore;
import dev.fleetrunner.web.Address;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The audit, newest first, by the filters in the address. */
@Path("/audit")
@Produces(MediaType.TEXT_HTML)
public class AuditPage {
    private final AuditReading audit;
    private final WhoAsks who;
    private final ObjectMapper json;

    AuditPage(AuditReading audit, WhoAsks who, ObjectMapper json) {
        this.audit = audit;
        this.who = who;
        this.json = json;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance audit(Listed audit);
    }

    /** The filters, as they were written; empty for none. */
    record Filters(String by, String action, String target, String outcome) {

        /** The address of the first page. */
        public String here() {
            return link(null);
        }

        String link(Long cursor) {
            String words = Stream.of(
                            new String[] {"who", by},
                            new String[] {"action", action},
                            new String[] {"target", target},
                            new String[] {"outcome", outcome},
                            new String[] {"cursor", cursor == null ? "" : cursor.toString()})
                    .filter(pair -> !pair[1].isEmpty())
                    .map(pair -> pair[0] + "=" + Address.encoded(pair[1]))
                    .collect(Collectors.joining("&"));
            return words.isEmpty() ? "/audit" : "/audit?" + words;
        }
    }

    /**
     * An entry.
     *
     * @param ago how long ago, roughly
     */
    record Line(AuditEntry entry, String ago) {
        static Line of(AuditEntry entry, Instant now) {
            return new Line(entry, Words.ago(Instant.parse(entry.at()), now));
        }
    }

    /**
     * The page.
     *
     * @param actions all there are
     * @param newest the address of the first page; null on it
     * @param older the address of the next page; null on the last
     */
    record Listed(Filters filters, List<String> actions, List<Line> lines, String newest, String older) {}

    /** The page. */
    @GET
    public Uni<RestResponse<String>> list(
            @RestQuery("who") String by,
            @RestQuery String action,
            @RestQuery String target,
            @RestQuery String outcome,
            @RestQuery String cursor) {
        Caller caller = who.caller();
        Instant now = Instant.now();
        var search = new AuditSearch(by, action, target, outcome, null, null, cursor, null);
        var filters = new Filters(word(by), word(action), word(target), word(outcome));
        return Page.of(audit.find(caller, search::query)
                .map(page -> Templates.audit(new Listed(
                        filters,
                        Arrays.stream(AuditAction.values())
                                .map(AuditAction::word)
                                .toList(),
                        page.entries().stream()
                                .map(row -> Line.of(entry(row), now))
                                .toList(),
                        word(cursor).isEmpty() ? null : filters.here(),
                        page.nextCursor() == null ? null : filters.link(page.nextCursor())))));
    }

    private static String word(String given) {
        return given == null ? "" : given;
    }

    private AuditEntry entry(AuditStore.Row row) {
        try {
            return json.readValue(row.entry(), AuditEntry.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
