package dev.fleetrunner.security;

import dev.fleetrunner.contract.AccessRole;
import dev.fleetrunner.contract.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells the doors who asks. */
@Named("who")
@Singleton
public class WhoAsks {
    private static final String HOLDER = "fleet.holder";
    private static final String CALLER = "fleet.caller";

    private final SecurityIdentity identity;

    WhoAsks(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Whether this request's caller is known. */
    public boolean known() {
        return identity.getAttribute(CALLER) != null;
    }

    /**
     * The caller of this request. To be asked while the request is on its thread.
     *
     * @throws IllegalStateException if nobody is known, which no route but the public ones lets through
     */
    public Caller caller() {
        return found(CALLER);
    }

    /** Who an identity is; empty for nobody known. */
    public static Optional<Caller> in(SecurityIdentity some) {
        return some == null ? Optional.empty() : Optional.ofNullable(some.getAttribute(CALLER));
    }

    /** Whose token or session it is. */
    public Holder holder() {
        return found(HOLDER);
    }

    /** The caller's name, for pages. */
    public String name() {
        return holder().name();
    }

    /** The caller's role, for pages. */
    public String role() {
        return holder().role().word();
    }

    /** Whether pages show what is for administrators; whether it is done is decided elsewhere. */
    public boolean admin() {
        return known() && holder().role() == AccessRole.ADMIN;
    }

    /** Whether pages show what is for those who look after the service. */
    public boolean operating() {
        return known() && holder().role().changesAll();
    }

    /** Whether pages show what is for those who see every task. */
    public boolean seeingAll() {
        return known() && holder().role().seesAll();
    }

    /** Whether pages show what is for those who may submit. */
    public boolean submitting() {
        return known() && holder().role().submits();
    }

    private <T> T found(String name) {
        T found = identity.getAttribute(name);
        if (found == null) {
            throw new IllegalStateException("nobody is known here");
        }
        return found;
    }

    static SecurityIdentity identity(Holder holder, String address) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(holder.name()))
                .addRole(holder.role().word())
                .addAttribute(HOLDER, holder)
                .addAttribute(CALLER, holder.caller(address))
                .build();
    }
}
