package dev.fleetrunner.api;

import dev.fleetrunner.pipeline.Attendance;
import dev.fleetrunner.security.WhoAsks;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Tells what Quarkus refuses by itself, before any use case is asked. */
@Singleton
class FrameworkRefusals {
    private final Attendance attendance;

    FrameworkRefusals(Attendance attendance) {
        this.attendance = attendance;
    }

    /** Metrics alone are guarded by role in the settings; nobody known is no refusal but a challenge. */
    void forbidden(@Observes AuthorizationFailureEvent event) {
        WhoAsks.in(event.getSecurityIdentity()).ifPresent(caller -> attendance.forbidden(caller, "read the metrics"));
    }

    /** A provider's answer that does not hold: {@link dev.fleetrunner.security.SignIn} itself never fails so. */
    void turnedAway(@Observes AuthenticationFailureEvent event) {
        var context = (RoutingContext) event.getEventProperties().get(RoutingContext.class.getName());
        attendance.turnedAway(
                context == null ? null : context.request().remoteAddress().hostAddress());
    }
}
