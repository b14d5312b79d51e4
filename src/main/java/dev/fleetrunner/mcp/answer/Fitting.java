package dev.fleetrunner.mcp.answer;

import java.util.ArrayList;
import java.util.List;

/** The first of many things that fit. */
public final class Fitting {
    private Fitting() {}

    /** The first items, at most so many, whose JSON fits into so many bytes. */
    public static <T> List<T> items(List<T> items, int most, int bytes) {
        List<T> fitting = new ArrayList<>();
        int room = bytes;
        for (T item : items) {
            room -= JsonLength.of(item) + 1;
            if (room < 0 || fitting.size() == most) {
                break;
            }
            fitting.add(item);
        }
        return fitting;
    }

    /** The first texts, at most so many; a long one is cut. */
    static List<String> texts(List<String> texts, int most, int bytes) {
        return items(
                texts.stream().limit(most).map(text -> Cut.end(text, bytes - 3)).toList(), most, bytes);
    }
}
