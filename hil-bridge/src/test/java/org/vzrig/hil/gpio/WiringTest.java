package org.vzrig.hil.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;

/** How wires are written. */
class WiringTest {
  private static Wiring parsed(String text) {
    return Wiring.parse(Boards.WIFIRE, text);
  }

  private static String wrong(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> parsed(text)).getMessage());
  }

  @Test
  void takesLedsButtonsAndPins() {
    Wiring led = parsed("LD1=gpiochip:pinctrl-bcm2711/17,low");
    assertEquals(Boards.WIFIRE.led("LD1").orElseThrow().pin(), led.pin());
    assertEquals("gpiochip:pinctrl-bcm2711/17", led.line().place());
    assertFalse(led.input());
    assertTrue(led.safe());
    Wiring button = parsed("BTN1=gpiochip1/0,debounce=20");
    assertTrue(button.input());
    assertEquals(Duration.ofMillis(20), button.line().debounce());
    assertFalse(parsed("RB11=gpiochip0/3").input());
    assertTrue(parsed("RB11=gpiochip0/3,in").input());
  }

  @Test
  void tellsAllThatIsWrong() {
    assertEquals("expected NAME=LINE, found 'LD1'", wrong("LD1"));
    assertEquals(
        "expected a line such as gpiochip0/17 or gpiochip:LABEL/17, found '17';"
            + " expected low, in or debounce=MS after a comma, found 'high'",
        wrong("LD1=17,high"));
    assertEquals("expected no ,in: the LED LD1 is an output", wrong("LD1=gpiochip0/1,in"));
    assertTrue(wrong("LD9=gpiochip0/1").endsWith("or a pin such as RB11, found 'LD9'"));
  }
}
