package dev.fleetrunner.policy;

/** Whether a task may be root in its container. */
final class UserCheck implements Check {
    @Override
    public void look(Hearing hearing) {
        if (hearing.spec().user().startsWith("0:") && !hearing.profile().root()) {
            hearing.deny("/user", "root (user " + hearing.spec().user() + ")", "users other than 0 (root: false)");
        }
    }
}
