package dev.fleetrunner.logs.terminal;

import java.util.ArrayList;
import java.util.List;

/** Weight and colour, as "select graphic rendition" sets them. */
final class TextStyle {
    private static final List<String> COLOURS =
            List.of("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white");
    private static final int EXTENDED_FOREGROUND = 38;
    private static final int EXTENDED_BACKGROUND = 48;

    private boolean bold;
    private boolean dim;
    private boolean italic;
    private boolean underlined;
    private String colour;

    void apply(String parameters) {
        String[] codes = parameters.split(";", -1);
        for (int i = 0; i < codes.length; i++) {
            int code = number(codes[i]);
            if (code == EXTENDED_FOREGROUND || code == EXTENDED_BACKGROUND) {
                i += extended(code, codes, i);
            } else {
                apply(code);
            }
        }
    }

    private void apply(int code) {
        switch (code) {
            case 0 -> reset();
            case 1 -> bold = true;
            case 2 -> dim = true;
            case 3 -> italic = true;
            case 4 -> underlined = true;
            case 22 -> {
                bold = false;
                dim = false;
            }
            case 23 -> italic = false;
            case 24 -> underlined = false;
            case 39 -> colour = null;
            default -> {
                if (code >= 30 && code <= 37) {
                    colour = COLOURS.get(code - 30);
                } else if (code >= 90 && code <= 97) {
                    colour = COLOURS.get(code - 90);
                }
            }
        }
    }

    /** One of 256 colours takes two more parameters, red, green and blue take four. Returns how many. */
    private int extended(int code, String[] codes, int i) {
        int kind = i + 1 < codes.length ? number(codes[i + 1]) : -1;
        if (kind == 5) {
            int index = i + 2 < codes.length ? number(codes[i + 2]) : -1;
            if (code == EXTENDED_FOREGROUND && index >= 0 && index < 2 * COLOURS.size()) {
                colour = COLOURS.get(index % COLOURS.size());
            }
            return 2;
        }
        return kind == 2 ? 4 : 0;
    }

    private void reset() {
        bold = false;
        dim = false;
        italic = false;
        underlined = false;
        colour = null;
    }

    /** Nothing means 0; what is no number has no meaning. */
    private static int number(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        return text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(text) : -1;
    }

    String classes() {
        List<String> classes = new ArrayList<>();
        if (bold) {
            classes.add("bold");
        }
        if (dim) {
            classes.add("dim");
        }
        if (italic) {
            classes.add("italic");
        }
        if (underlined) {
            classes.add("underlined");
        }
        if (colour != null) {
            classes.add(colour);
        }
        return String.join(" ", classes);
    }
}
