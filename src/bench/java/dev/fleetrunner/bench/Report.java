package dev.fleetrunner.bench;

import java.util.List;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The document that a run writes. */
record Report(String date, String machine, String engines, double loadBefore, double loadAfter, Size size) {

    /** Rows by measurement, in the order of their numbers. */
    String write(TreeMap<Integer, Measurement> measurements, TreeMap<Integer, List<Row>> rows) {
        var text = new StringJoiner("\n", "", "\n");
        text.add("# Benchmarks");
        text.add("");
        text.add(
                "Written by `make bench`; do not edit. Every figure is a ratio to the alternative in the same run, or a "
                        + "value held against a limit. Targets are those the project set itself; where one is not met, it says so.");
        text.add("");
        text.add("- Date: " + date);
        text.add("- Machine: " + machine);
        text.add("- Engines: " + engines);
        text.add("- Runs: " + size.runs() + " of each short task, " + size.rounds() + " of what takes long, after "
                + size.warmUp() + " tasks to warm up");
        text.add("- Load average: " + loadBefore + " before, " + loadAfter
                + " after (the benchmark's own work is in it)");
        if (Machine.busy(loadBefore)) {
            text.add("");
            text.add("**The machine was busy when this began: these figures mean little.**");
        }
        text.add("");
        table(rows).forEach(text::add);
        text.add("");
        text.add("## How each is measured");
        measurements.forEach((number, measurement) -> {
            text.add("");
            text.add("**" + number + ". " + measurement.title() + ".** " + measurement.method());
        });
        return text.toString();
    }

    /** The table's lines. */
    static List<String> table(TreeMap<Integer, List<Row>> rows) {
        var lines = new java.util.ArrayList<String>();
        lines.add("| # | what | engine | Fleet Runner | alternative | figure | target | |");
        lines.add("|---|---|---|---|---|---|---|---|");
        rows.forEach((number, some) -> some.forEach(row -> lines.add("| " + number + " | " + row.what() + " | "
                + row.engine() + " | " + row.ours() + " | " + row.alternative() + " | " + row.figure() + " | "
                + row.target() + " | " + row.verdict().words() + " |")));
        return lines;
    }
}
