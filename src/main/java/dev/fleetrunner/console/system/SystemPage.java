package dev.fleetrunner.console.system;

import dev.fleetrunner.console.overview.RuntimeLine;
import dev.fleetrunner.console.page.Page;
import dev.fleetrunner.console.page.Words;
import dev.fleetrunner.contract.Caller;
import dev.fleetrunner.pipeline.Occupancy;
import dev.fleetrunner.pipeline.ServiceReading;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.security.WhoAsks;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.RestResponse;

/** How the service is and how it is set, for those who see every task. */
@Path("/system")
@Produces(MediaType.TEXT_HTML)
public class SystemPage {
    private final ServiceReading service;
    private final Tasks tasks;
    private final Occupancy occupancy;
    private final Runtimes runtimes;
    private final DiskBrake brake;
    private final WhoAsks who;

    SystemPage(
            ServiceReading service, Tasks tasks, Occupancy occupancy, Runtimes runtimes, DiskBrake brake, WhoAsks who) {
        this.service = service;
        this.tasks = tasks;
        this.occupancy = occupancy;
        this.runtimes = runtimes;
        this.brake = brake;
        this.who = who;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance system(
                List<Fact> facts, List<RuntimeLine> runtimes, List<ServiceReading.Setting> settings);
    }

    /** Something known, by a name. */
    record Fact(String name, String value) {}

    /** The page. */
    @GET
    public Uni<RestResponse<String>> system() {
        Caller caller = who.caller();
        return Page.of(Uni.createFrom().item(() -> service.get(caller)).chain(facts -> tasks.counts(caller)
                .map(counts -> Templates.system(
                        facts(
                                facts,
                                counts.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum()),
                        RuntimeLine.all(runtimes),
                        facts.settings()))));
    }

    private List<Fact> facts(ServiceReading.Facts facts, long kept) {
        List<Fact> list = new ArrayList<>();
        list.add(new Fact("Version", facts.version()));
        list.add(new Fact("Java", facts.java()));
        list.add(new Fact("Runner", facts.instance()));
        list.add(new Fact("Store", facts.store()));
        if (facts.dataDirectory() != null) {
            list.add(new Fact("Data directory", facts.dataDirectory()));
        }
        OptionalLong free = brake.freeBytes();
        list.add(new Fact(
                "Disk left",
                (free.isPresent() ? Words.bytes(free.getAsLong()) : "unknown")
                        + (brake.holds() ? ", new tasks are refused" : "")
                        + "; refuses new tasks under " + Words.bytes(brake.minFreeBytes())));
        list.add(new Fact("Running", occupancy.started() + " of " + occupancy.places() + " places"));
        list.add(new Fact("Waiting", String.valueOf(occupancy.waiting())));
        list.add(new Fact("Tasks kept", String.valueOf(kept)));
        return list;
    }
}
