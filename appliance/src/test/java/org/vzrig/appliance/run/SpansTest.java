package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
  @ParameterizedTest
  @CsvSource({
    "10s, 10000000000",
    "1.5s, 1500000000",
    "250ms, 250000000",
    "3us, 3000",
    "7ns, 7",
    "2m, 120000000000",
    "24h, 86400000000000",
    "0s, 0"
  })
  void readsSpans(String text, long nanos) {
    assertEquals(Duration.ofNanos(nanos), Spans.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "-1s", "1 week", "1e3s", "10 s", "999999999h"})
  void refusesWhatIsNone(String text) {
    assertThrows(IllegalArgumentException.class, () -> Spans.parse(text));
  }

  @Test
  void showsSeconds() {
    assertEquals("1.5 s", Spans.shown(Duration.ofMillis(1500)));
    assertEquals("100 s", Spans.shown(Duration.ofSeconds(100)));
  }
}
