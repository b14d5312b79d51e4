package seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Has Failsafe find JUnit's engine. */
class SeedIT {
    @Test
    void one() {
        assertEquals(1, Seed.one());
    }
}
