package dev.fleetrunner.console.submit;

import dev.fleetrunner.console.submit.FormView.PartView;
import dev.fleetrunner.contract.Cause;
import java.util.List;

/**
 * The page.
 *
 * @param draft what somebody is at
 * @param parts of the form; none for JSON
 * @param cause why it was not taken; null if nobody tried
 * @param rule of the policy that decided; null if none did
 * @param faults what is wrong with it
 * @param focus whether the page begins where something is said
 * @param address of the service, for a command
 */
record NewTask(
        Draft draft,
        List<PartView> parts,
        Cause cause,
        String rule,
        List<FaultLine> faults,
        Preview preview,
        boolean focus,
        String address) {

    /** What there is to begin with; public as templates ask for it. */
    public List<Example> examples() {
        return Example.ALL;
    }

    /** The tab's title: it tells that something is wrong. */
    public String title() {
        return cause == null ? "New task" : "Not taken: new task";
    }
}
