package dev.fleetrunner.contract;

/**
 * Who asks.
 *
 * @param name of the token, or of the person; the owner of what is submitted
 * @param role what the caller may do
 * @param share how much of the service the caller may take
 * @param address where the call came from; null if it came from inside the service
 */
public record Caller(String name, AccessRole role, Share share, String address) {

    /** The service itself, which looks at everything and changes nothing. */
    public static final Caller SERVICE = new Caller("service", AccessRole.VIEWER, Share.WHOLE, null);

    /**
     * How much of the service one owner may take.
     *
     * @param maxConcurrent how many of the owner's tasks run at once; null for as many as there are places
     * @param maxQueued how many of the owner's tasks wait at once; null for as many as the queue takes
     */
    public record Share(Integer maxConcurrent, Integer maxQueued) {
        public static final Share WHOLE = new Share(null, null);

        /** The smaller of both, each for itself. */
        public Share and(Share other) {
            return new Share(least(maxConcurrent, other.maxConcurrent), least(maxQueued, other.maxQueued));
        }

        private static Integer least(Integer one, Integer two) {
            if (one == null || two == null) {
                return one == null ? two : one;
            }
            return Math.min(one, two);
        }
    }

    /** Whether the caller may see a task of this owner. */
    public boolean sees(String owner) {
        return role.seesAll() || name.equals(owner);
    }

    /** Whether the caller may cancel a task of this owner, and run it again. */
    public boolean changes(String owner) {
        return role.changesAll() || role.submits() && name.equals(owner);
    }
}
