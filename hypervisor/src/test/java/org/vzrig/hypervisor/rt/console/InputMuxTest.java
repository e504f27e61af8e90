package org.vzrig.hypervisor.rt.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputMuxTest {
  private final List<Integer> taken = new ArrayList<>();
  private final StringBuilder echo = new StringBuilder();
  private final InputMux mux =
      new InputMux(3, id -> id == 1 || id == 3, taken::add, c -> echo.append((char) c));

  private void type(String text) {
    text.chars().forEach(mux::received);
  }

  @Test
  void rootOwnsTheInputAtFirstAndSeesItEchoed() {
    type("a\r\t\u0001");
    assertEquals(List.of(0, 0, 0, 0), taken);
    assertEquals("a\n\r\t", echo.toString());
    assertEquals('a', mux.next(0));
  }

  @Test
  void theEscapeSwitchesTheOwner() {
    type("\u00051x\u00853y\u00050z");
    assertEquals(List.of(1, 3, 0), taken);
    assertEquals('x', mux.next(1));
    assertEquals('y', mux.next(3));
    assertEquals('z', mux.next(0));
    assertEquals("z", echo.toString(), "guests' input is not echoed");
  }

  @Test
  void anUnknownThreadRingsTheBellAndChangesNothing() {
    type("\u00051\u00052\u0005xy");
    assertEquals("\u0007\u0007", echo.toString());
    assertEquals(1, mux.owner());
    assertEquals(List.of(1), taken);
  }

  @Test
  void sevenBytesFitAndTheEighthRingsTheBell() {
    type("\u0005112345678");
    assertEquals("\u0007", echo.toString());
    for (char expected = '1'; expected <= '7'; expected++) {
      assertTrue(mux.waiting(1));
      assertEquals(expected, mux.next(1));
    }
    assertFalse(mux.waiting(1));
    assertEquals('7', mux.next(1), "the last byte stays in the register");
  }
}
