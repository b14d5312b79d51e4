package duration

import "testing"

func TestSeconds(t *testing.T) {
	check(t, "90s", 90)
}

func TestMinutes(t *testing.T) {
	check(t, "45m", 2700)
}

func TestHoursAndMinutes(t *testing.T) {
	check(t, "1h30m", 5400)
}

func TestRefuses(t *testing.T) {
	for _, text := range []string{"", "soon", "5 m", "1m1h"} {
		if got, err := Parse(text); err == nil {
			t.Errorf("Parse(%q) = %d, want an error", text, got)
		}
	}
}

func check(t *testing.T, text string, want int) {
	t.Helper()
	got, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("Parse(%q) = %d, want %d", text, got, want)
	}
}
