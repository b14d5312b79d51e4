package dev.fleetrunner.app;

import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.logs.LogStore;
import dev.fleetrunner.pipeline.Attendance;
import dev.fleetrunner.pipeline.AuditReading;
import dev.fleetrunner.pipeline.Containers;
import dev.fleetrunner.pipeline.HealthReading;
import dev.fleetrunner.pipeline.Occupancy;
import dev.fleetrunner.pipeline.PolicyReading;
import dev.fleetrunner.pipeline.ReportReading;
import dev.fleetrunner.pipeline.ServiceReading;
import dev.fleetrunner.pipeline.SharedWorkspaces;
import dev.fleetrunner.pipeline.Tasks;
import dev.fleetrunner.pipeline.Tokens;
import dev.fleetrunner.pipeline.admission.DiskBrake;
import dev.fleetrunner.runtime.Runtimes;
import dev.fleetrunner.security.Gate;
import dev.fleetrunner.security.HostNames;
import dev.fleetrunner.security.People;
import dev.fleetrunner.security.Sessions;
import dev.fleetrunner.workspace.Caches;
import dev.fleetrunner.workspace.WorkspaceStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the runner has opened, for whoever is injected with it. */
@Singleton
class Beans {
    private final Runner runner;

    Beans(Runner runner) {
        this.runner = runner;
    }

    @Produces
    @Singleton
    Tasks tasks() {
        return runner.pipeline().tasks();
    }

    @Produces
    @Singleton
    Occupancy occupancy() {
        return runner.pipeline().occupancy();
    }

    @Produces
    @Singleton
    ReportReading reports() {
        return runner.pipeline().reports();
    }

    @Produces
    @Singleton
    Containers containers() {
        return runner.pipeline().containers();
    }

    @Produces
    @Singleton
    Audit audit() {
        return runner.audit();
    }

    @Produces
    @Singleton
    AuditReading auditReading() {
        return new AuditReading(runner.audit());
    }

    @Produces
    @Singleton
    ServiceReading service() {
        return new ServiceReading(runner.facts(), runner.audit());
    }

    @Produces
    @Singleton
    HealthReading health() {
        return new HealthReading(tasks(), runner.runtimes(), runner.brake());
    }

    @Produces
    @Singleton
    Runtimes runtimes() {
        return runner.runtimes();
    }

    @Produces
    @Singleton
    PolicyReading policy() {
        return new PolicyReading(runner.policy(), runner.audit());
    }

    @Produces
    @Singleton
    DiskBrake brake() {
        return runner.brake();
    }

    @Produces
    @Singleton
    Tokens tokens() {
        return runner.doorkeeping().tokens();
    }

    @Produces
    @Singleton
    Gate gate() {
        return runner.doorkeeping().gate();
    }

    @Produces
    @Singleton
    Sessions sessions() {
        return runner.doorkeeping().sessions();
    }

    @Produces
    @Singleton
    HostNames hostNames() {
        return runner.doorkeeping().hosts();
    }

    @Produces
    @Singleton
    People people() {
        return runner.doorkeeping().people();
    }

    @Produces
    @Singleton
    Attendance attendance() {
        return runner.doorkeeping().attendance();
    }

    @Produces
    @Singleton
    LogStore logs() {
        return runner.stores().logs();
    }

    @Produces
    @Singleton
    WorkspaceStore workspaceStore() {
        return runner.stores().workspaces();
    }

    @Produces
    @Singleton
    SharedWorkspaces workspaces() {
        return new SharedWorkspaces(runner.stores().workspaces(), runner.audit());
    }

    @Produces
    @Singleton
    Caches caches() {
        return runner.stores().caches();
    }
}
