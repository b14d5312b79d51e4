package dev.fleetrunner.app;

import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.pipeline.Attendance;
import dev.fleetrunner.pipeline.Tokens;
import dev.fleetrunner.security.AccessTokens;
import dev.fleetrunner.security.FailedAttempts;
import dev.fleetrunner.security.Gate;
import dev.fleetrunner.security.HostNames;
import dev.fleetrunner.security.People;
import dev.fleetrunner.security.Sessions;
import dev.fleetrunner.store.TokenStore;
import java.time.Clock;
import java.util.List;

/** Who is let in, put together as the settings say. */
record Doorkeeping(Tokens tokens, Gate gate, Sessions sessions, HostNames hosts, People people, Attendance attendance) {

    static Doorkeeping of(FleetConfig config, DataDirectory data, TokenStore store, Audit audit) {
        Clock clock = Clock.systemUTC();
        var access = new AccessTokens(config.adminToken().orElseGet(data::adminToken), store, clock);
        OidcConfig oidc = config.oidc();
        var attendance = new Attendance(audit);
        return new Doorkeeping(
                new Tokens(store, access, audit, clock),
                new Gate(access, new FailedAttempts(config.signIn().maxFailures(), clock), attendance::turnedAway),
                new Sessions(data.secret("session-key"), access, oidc.enabled(), clock),
                new HostNames(config.http().hosts().orElse(List.of())),
                new People(
                        oidc.enabled(),
                        oidc.provider(),
                        oidc.nameClaim(),
                        oidc.roleClaim(),
                        oidc.roles(),
                        oidc.session()),
                attendance);
    }
}
