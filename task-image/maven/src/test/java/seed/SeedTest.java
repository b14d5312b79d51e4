package seed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Has Surefire find JUnit's engine. */
class SeedTest {
    @Test
    void one() {
        assertEquals(1, Seed.one());
    }
}
