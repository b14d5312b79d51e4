package dev.fleetrunner.policy;

/** Whether a task may be root in its container, or of root's group. */
final class UserCheck implements Check {
    @Override
    public void look(Hearing hearing) {
        String user = hearing.spec().user();
        if ((user.startsWith("0:") || user.endsWith(":0")) && !hearing.profile().root()) {
            hearing.deny("/user", "root (user " + user + ")", "users and groups other than 0 (root: false)");
        }
    }
}
