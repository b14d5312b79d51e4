package dev.fleetrunner.console.log;

import dev.fleetrunner.console.log.LogSearch.Trouble;
import dev.fleetrunner.console.log.Matches.Match;
import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.console.page.Page.Failure;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.Values;
import dev.fleetrunner.security.WhoAsks;
import dev.fleetrunner.web.Address;
import io.quarkus.vertx.http.Compressed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * Parts of a log, and where in it something is: as JSON for the page's script, as a way to the place for a browser
 * without.
 */
@Path("/tasks/{id}/log")
public class LogPlaces {
    private final Tasks tasks;
    private final WhoAsks who;

    LogPlaces(Tasks tasks, WhoAsks who) {
        this.tasks = tasks;
        this.who = who;
    }

    /**
     * Some lines.
     *
     * @param from the number of the first, from 1
     * @param limit the most, up to {@link LogView#LINES}
     */
    @GET
    @Path("/lines")
    @Compressed
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<LogWindow>> lines(@RestPath String id, @RestQuery String from, @RestQuery String limit) {
        Long first = Values.number("from", from, 1, Values.LARGEST);
        Long most = Values.number("limit", limit, 1, LogView.LINES);
        return tasks.log(who.caller(), id)
                .chain(log -> LogReader.lines(log, first == null ? 1 : first, most == null ? LogView.LINES : most)
                        .map(lines ->
                                new LogWindow(log.info().records(), log.info().sealed(), lines)))
                .map(LogPlaces::fresh);
    }

    /**
     * The line with a text next to a number.
     *
     * @param back {@code true} for the one before, else the one behind
     */
    @GET
    @Path("/find")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Match>> find(
            @RestPath String id, @RestQuery String text, @RestQuery String beside, @RestQuery String back) {
        return match(id, text, beside, back).map(LogPlaces::fresh);
    }

    /** Leads to the line with a text next to a number. */
    @GET
    @Path("/find")
    @Produces(MediaType.TEXT_HTML)
    public Uni<RestResponse<String>> leadToMatch(
            @RestPath String id, @RestQuery String text, @RestQuery String beside, @RestQuery String back) {
        return Uni.createFrom()
                .deferred(() -> match(id, text, beside, back))
                .map(match -> match.line() == 0
                        ? "/tasks/" + id + "?find=" + Address.encoded(text) + "#log"
                        : LogView.marking(id, match.line(), text))
                .map(place -> Page.redirect(place).build())
                .onFailure()
                .recoverWithUni(Page::failed);
    }

    private Uni<Match> match(String id, String text, String beside, String back) {
        String wanted = LogSearch.checked(text);
        Long place = Values.number("beside", beside, 0, Values.LARGEST);
        boolean backwards = Values.flag("back", back);
        return tasks.log(who.caller(), id)
                .chain(log -> LogSearch.find(log, wanted, place == null ? 0 : place, backwards));
    }

    /** The first line that tells of trouble. */
    @GET
    @Path("/first-error")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<Trouble>> firstError(@RestPath String id) {
        return tasks.log(who.caller(), id).chain(LogSearch::firstError).map(LogPlaces::fresh);
    }

    /** Leads to the first line that tells of trouble. */
    @GET
    @Path("/first-error")
    @Produces(MediaType.TEXT_HTML)
    public Uni<RestResponse<String>> leadToFirstError(@RestPath String id) {
        return tasks.log(who.caller(), id)
                .chain(LogSearch::firstError)
                .chain(trouble -> trouble.line() == 0
                        ? Page.of(new Failure(
                                404,
                                "No error in this log",
                                "No line of the log tells of an error, and nothing came on standard error.",
                                "Read the log from its end, or look for a text of your own."))
                        : Uni.createFrom()
                                .item(Page.redirect(LogView.marking(id, trouble.line(), null))
                                        .build()))
                .onFailure()
                .recoverWithUni(Page::failed);
    }

    private static <T> RestResponse<T> fresh(T content) {
        return ResponseBuilder.ok(content).header("Cache-Control", "no-store").build();
    }
}
