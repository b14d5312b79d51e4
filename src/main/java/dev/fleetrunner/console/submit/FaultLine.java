package dev.fleetrunner.console.submit;

import dev.fleetrunner.contract.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong, as the service words it.
 *
 * @param id of the field; null if it is about none that is shown
 * @param where in words; empty for the spec as a whole
 */
record FaultLine(String id, String where, String message, String remedy) {

    /** In sentences; public as templates ask for it. */
    public String words() {
        return remedy.isEmpty() ? message + "." : message + ". " + sentence(remedy) + ".";
    }

    private static String sentence(String words) {
        return words.matches("(?s)[a-z]+ .*") ? Character.toUpperCase(words.charAt(0)) + words.substring(1) : words;
    }

    /** The faults of what was typed into the form. */
    static List<FaultLine> inForm(List<Fault> faults, Typed typed) {
        var places = new FaultPlaces(typed);
        List<FaultLine> lines = new ArrayList<>();
        for (Fault fault : faults) {
            Optional<String> id = places.of(fault.pointer());
            String where = id.map(FaultPlaces::label)
                    .map(label -> label + entry(id.get(), fault.pointer()))
                    .orElse(fault.pointer());
            lines.add(new FaultLine(id.orElse(null), where, fault.message(), fault.remedy()));
        }
        return lines;
    }

    /** Of a list in one field, which entry it is. */
    private static String entry(String id, String pointer) {
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        boolean list = SpecForm.fields().stream()
                .filter(field -> field.name().equals(id))
                .anyMatch(field -> field.kind().manyLines());
        return list && last.matches("\\d{1,5}") ? ", entry " + (Integer.parseInt(last) + 1) : "";
    }

    /** The faults of a text. */
    static List<FaultLine> inText(List<Fault> faults, String text) {
        Map<String, Integer> numbers = JsonText.lines(text);
        return faults.stream()
                .map(fault -> new FaultLine("json", where(fault.pointer(), numbers), fault.message(), fault.remedy()))
                .toList();
    }

    private static String where(String pointer, Map<String, Integer> numbers) {
        if (pointer.isEmpty()) {
            return "";
        }
        Integer line = numbers.get(pointer);
        return line == null ? pointer : "line " + line + ", " + pointer;
    }
}
