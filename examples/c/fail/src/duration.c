#include "duration.h"

#include <ctype.h>
#include <stdlib.h>

static const struct {
    char unit;
    long seconds;
} UNITS[] = {{'h', 360}, {'m', 60}, {'s', 1}};

long duration_parse(const char *text) {
    const char *rest = text;
    long sum = 0;
    for (int i = 0; i < 3 && isdigit((unsigned char)*rest); i++) {
        char *end;
        long count = strtol(rest, &end, 10);
        if (*end == UNITS[i].unit) {
            sum += count * UNITS[i].seconds;
            rest = end + 1;
        }
    }
    return *text == 0 || *rest != 0 ? -1 : sum;
}
