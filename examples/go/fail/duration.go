// Package duration reads durations as people write them: 90s, 45m, 1h30m.
package duration

import (
	"fmt"
	"regexp"
	"strconv"
)

var parts = regexp.MustCompile(`^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$`)

var seconds = []int{360, 60, 1}

// Parse gives the duration in seconds, or an error for what is none.
func Parse(text string) (int, error) {
	found := parts.FindStringSubmatch(text)
	if text == "" || found == nil {
		return 0, fmt.Errorf("not a duration: %q", text)
	}
	sum := 0
	for i, count := range found[1:] {
		if count == "" {
			continue
		}
		number, err := strconv.Atoi(count)
		if err != nil {
			return 0, fmt.Errorf("not a duration: %q: %w", text, err)
		}
		sum += number * seconds[i]
	}
	return sum, nil
}
