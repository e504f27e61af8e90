package org.vzrig.hil.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who shares the chip of a process, told by what is opened and closed. */
class Pi4jChipTest {
  private static final GpioChip FIRST = new GpioChip("gpiochip0", "one", 8, "");
  private static final GpioChip SECOND = new GpioChip("gpiochip1", "two", 8, "");

  private final List<String> told = new ArrayList<>();
  private final Pi4jChip chip = new Pi4jChip(this::open);

  private GpioLines open(GpioChip opened) {
    told.add("open " + opened.name());
    return new GpioLines() {
      @Override
      public Output output(Wiring wiring, boolean high) throws IOException {
        throw new IOException("no lines");
      }

      @Override
      public Input input(Wiring wiring) throws IOException {
        throw new IOException("no lines");
      }

      @Override
      public Input watch(LineSpec line) throws IOException {
        throw new IOException("no lines");
      }

      @Override
      public void close() {
        told.add("close " + opened.name());
      }
    };
  }

  @Test
  void theLastUserClosesIt() throws IOException {
    GpioLines one = chip.use(FIRST);
    GpioLines two = chip.use(FIRST);
    one.close();
    one.close();
    assertEquals(List.of("open gpiochip0"), told);
    two.close();
    assertEquals(List.of("open gpiochip0", "close gpiochip0"), told);
  }

  @Test
  void anotherChipHasToWaitForThat() throws IOException {
    GpioLines one = chip.use(FIRST);
    assertFalse(chip.takes(SECOND));
    var refused = assertThrows(IOException.class, () -> chip.use(SECOND));
    assertEquals(
        "Pi4J takes one chip, which is gpiochip0; use the driver auto or character",
        refused.getMessage());
    one.close();
    assertTrue(chip.takes(SECOND));
    chip.use(SECOND).close();
    assertEquals(
        List.of("open gpiochip0", "close gpiochip0", "open gpiochip1", "close gpiochip1"), told);
  }

  @Test
  void aChipThatCannotBeOpenedIsNoUser() {
    var broken =
        new Pi4jChip(
            opened -> {
              throw new IOException("no native code");
            });
    assertThrows(IOException.class, () -> broken.use(FIRST));
    assertTrue(broken.takes(SECOND));
  }
}
