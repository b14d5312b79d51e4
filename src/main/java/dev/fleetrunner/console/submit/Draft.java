package dev.fleetrunner.console.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetrunner.contract.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A spec that somebody is at: as a form or as JSON.
 *
 * @param json whether it is shown as JSON
 * @param text as JSON; null in a form
 * @param typed into the form
 * @param key for its submission, so that it runs once however often it is sent
 * @param notice what the person should know; null for nothing
 */
record Draft(boolean json, String text, Typed typed, String key, String notice) {
    static final String JSON = "json";
    private static final String LOSSY =
            "The form cannot show all of this spec, so it stays JSON. Nothing of it was changed.";

    static Draft form(Typed typed, String key) {
        return new Draft(false, null, typed, key, null);
    }

    /** A spec to begin with, as a form if that can show all of it. */
    static Draft of(ObjectNode spec, boolean json) {
        Optional<Typed> fit = json ? Optional.empty() : Fit.of(spec);
        return fit.map(typed -> form(typed, newKey()))
                .orElseGet(() -> new Draft(true, JsonText.pretty(spec), null, newKey(), json ? null : LOSSY));
    }

    /** What a browser posts. */
    static Draft posted(Typed typed) {
        String key = typed.get("key").matches("[A-Za-z0-9-]{1,64}") ? typed.get("key") : newKey();
        return typed.get("shown").equals(JSON)
                ? new Draft(true, typed.get(JSON).replace("\r\n", "\n"), null, key, null)
                : form(typed, key);
    }

    /** Nobody else's submission has it. */
    static String newKey() {
        return "console-" + UUID.randomUUID();
    }

    Draft withKey(String other) {
        return new Draft(json, text, typed, other, notice);
    }

    /**
     * The same without a row of the form.
     *
     * @param row its rows' name and its number, such as {@code mounts 1}
     */
    Draft without(String row) {
        String[] words = row.split(" ");
        if (json || words.length != 2 || !words[1].matches("\\d{1,6}")) {
            return this;
        }
        return SpecForm.rows().stream()
                .filter(rows -> rows.name().equals(words[0]))
                .findFirst()
                .map(rows -> form(typed.without(rows, Integer.parseInt(words[1])), key))
                .orElse(this);
    }

    /** The same in the other form; as it is if that would lose something. */
    Draft shownAs(String view) {
        if (view.equals(JSON) == json) {
            return this;
        }
        if (!json) {
            return new Draft(true, JsonText.pretty(FormDocument.of(typed)), null, key, null);
        }
        return JsonText.tree(text)
                .flatMap(Fit::of)
                .map(fit -> form(fit, key))
                .orElseGet(() -> new Draft(true, text, null, key, LOSSY));
    }

    /** The spec as it is handed in. */
    byte[] document() {
        return (json ? text : JsonText.pretty(FormDocument.of(typed))).getBytes(StandardCharsets.UTF_8);
    }

    List<FaultLine> placed(List<Fault> faults) {
        return json ? FaultLine.inText(faults, text) : FaultLine.inForm(faults, typed);
    }
}
