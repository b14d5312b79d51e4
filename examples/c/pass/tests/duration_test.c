#include "duration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void seconds(void **state) {
    (void)state;
    assert_int_equal(duration_parse("90s"), 90);
}

static void minutes(void **state) {
    (void)state;
    assert_int_equal(duration_parse("45m"), 2700);
}

static void hours_and_minutes(void **state) {
    (void)state;
    assert_int_equal(duration_parse("1h30m"), 5400);
}

static void refuses(void **state) {
    (void)state;
    const char *none[] = {"", "soon", "5 m", "1m1h"};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(duration_parse(none[i]), -1);
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seconds),
        cmocka_unit_test(minutes),
        cmocka_unit_test(hours_and_minutes),
        cmocka_unit_test(refuses),
    };
    if (argc > 1) {
        cmocka_set_test_filter(argv[1]);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
