package dev.fleetrunner.egress;

/**
 * Something that a task may not reach.
 *
 * @param host the smallest rule of {@code network.allow} that names it
 * @param address the kind of its address, where it is for that; null where a rule would let it through
 */
public record Denial(String host, String address) {

    /** Whether some rule of a spec would let it through. */
    public boolean ruleHelps() {
        return address == null && !host.startsWith("[");
    }

    /** Why, and what would help, as a sentence for whoever asked. */
    public String words() {
        if (address != null) {
            return host + " is denied: its address is " + address
                    + "; no rule of a task opens it, only the operator's fleet.egress.private-addresses";
        }
        return ruleHelps()
                ? host + " is denied: network.allow does not name it; network.allow: [\"" + host + "\"] would allow it"
                : host + " is denied: an address of IPv6 cannot be allowed; ask for a name";
    }
}
