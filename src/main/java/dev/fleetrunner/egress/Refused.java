package dev.fleetrunner.egress;

/** A request that is not carried: the status and the words for the client. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    private Refused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    static Refused notAllowed(Destination destination) {
        return new Refused(
                403,
                "fleet-runner: " + destination + " is not among the hosts that this task may reach.\n"
                        + "The smallest rule that allows it: \"network\": {\"mode\": \"restricted\", \"allow\": [\""
                        + destination.rule() + "\"]}\n");
    }

    static Refused privateAddress(Destination destination) {
        return new Refused(
                403,
                "fleet-runner: " + destination + " has no address on the public internet, and no rule of a task"
                        + " allows others.\nThe operator may open networks: fleet.egress.private-addresses\n");
    }

    static Refused unknown(Destination destination) {
        return new Refused(502, "fleet-runner: the name " + destination.host() + " has no address.\n");
    }

    static Refused unreachable(Destination destination) {
        return new Refused(502, "fleet-runner: " + destination + " cannot be connected to.\n");
    }

    static Refused brokenOff(Destination destination) {
        return new Refused(502, "fleet-runner: " + destination + " broke off its answer, or gave none that is HTTP.\n");
    }

    static Refused malformed() {
        return new Refused(
                400,
                "fleet-runner: this is a proxy. Ask for http://HOST/… or CONNECT HOST:PORT, the host as a name"
                        + " without a user.\n");
    }
}
