package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DurationTest {
    @Test
    void seconds() {
        assertEquals(90, Duration.parse("90s"));
    }

    @Test
    void minutes() {
        assertEquals(2700, Duration.parse("45m"));
    }

    @Test
    void hoursAndMinutes() {
        assertEquals(5400, Duration.parse("1h30m"));
    }

    @Test
    void refuses() {
        for (String text : new String[] {"", "soon", "5 m", "1m1h"}) {
            assertThrows(IllegalArgumentException.class, () -> Duration.parse(text), text);
        }
    }
}
