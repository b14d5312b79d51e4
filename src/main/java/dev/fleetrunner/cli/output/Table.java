package dev.fleetrunner.cli.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows below a heading, in columns as wide as what is in them. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();

    /** With the names of its columns. */
    public Table(String... heading) {
        rows.add(heading);
    }

    /** A row; null is shown as a dash. */
    public Table row(String... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> cell == null ? "-" : Words.printable(cell))
                .toArray(String[]::new));
        return this;
    }

    /** Whether there is nothing below the heading. */
    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** Its lines; on a terminal none is longer than that is wide. */
    public List<String> lines(Style style, int columns) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            lines.add(line(row, widths, columns, lines.isEmpty() ? Heading.of(style) : style::status));
        }
        return lines;
    }

    /** Writes them to a screen. */
    public void print(Screen screen) {
        int columns = screen.shell().outIsTerminal() ? screen.shell().columns() : 0;
        screen.line(String.join("\n", lines(screen.style(), columns)));
    }

    private static String line(String[] row, int[] widths, int columns, Paint paint) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int i = 0; i < row.length; i++) {
            int room = columns > 0 ? Math.max(0, columns - at) : Integer.MAX_VALUE;
            String cell = row[i].length() > room ? cut(row[i], room) : row[i];
            line.append(paint.on(cell));
            at += cell.length();
            if (i < row.length - 1) {
                String gap = " ".repeat(Math.max(0, widths[i] - cell.length())) + GAP;
                line.append(gap);
                at += gap.length();
            }
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String cell, int room) {
        return room < 2 ? "" : cell.substring(0, room - 1) + "…";
    }

    @FunctionalInterface
    private interface Paint {
        String on(String cell);
    }

    private record Heading(Style style) implements Paint {
        static Heading of(Style style) {
            return new Heading(style);
        }

        @Override
        public String on(String cell) {
            return style.strong(cell);
        }
    }
}
