package org.vzrig.boards;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Interrupt requests of the PIC32MZ EF: numbers and the data sheet's names, without the leading
 * underscore and the trailing _VECTOR of the compiler's headers.
 */
public final class Irq {
  /** Number of interrupt requests, reserved ones included. */
  public static final int COUNT = 214;

  /** Core timer. */
  public static final int CORE_TIMER = 0;

  /** Core software interrupt 0. */
  public static final int CORE_SOFTWARE_0 = 1;

  /** Core software interrupt 1. */
  public static final int CORE_SOFTWARE_1 = 2;

  /** System bus protection violation. */
  public static final int SYSTEM_BUS_PROTECTION = 106;

  /** Change notice of port A; the other ports follow in order of their letters. */
  public static final int CHANGE_NOTICE_A = 118;

  /** DMA channel 0; channels 1 to 7 follow. */
  public static final int DMA0 = 134;

  /** Flash control event. */
  public static final int FLASH_CONTROL = 167;

  private static final int[] UART_FAULT = {112, 145, 157, 170, 179, 188};
  private static final int[] SPI_FAULT = {109, 142, 154, 163, 176, 185};
  private static final int[] I2C_BUS = {115, 148, 160, 173, 182};
  private static final @Nullable String[] NAMES = names();
  private static final Map<String, Integer> NUMBERS = numbers();

  private Irq() {}

  /** Fault request of UART {@code n} (1 to 6). */
  public static int uartFault(int n) {
    return UART_FAULT[n - 1];
  }

  /** Receive request of UART {@code n} (1 to 6). */
  public static int uartReceive(int n) {
    return uartFault(n) + 1;
  }

  /** Transmit request of UART {@code n} (1 to 6). */
  public static int uartTransmit(int n) {
    return uartFault(n) + 2;
  }

  /** Fault request of SPI {@code n} (1 to 6); receive and transmit follow. */
  public static int spiFault(int n) {
    return SPI_FAULT[n - 1];
  }

  /** Bus collision request of I2C {@code n} (1 to 5); slave and master follow. */
  public static int i2cBus(int n) {
    return I2C_BUS[n - 1];
  }

  /** Request of timer {@code n} (1 to 9). */
  public static int timer(int n) {
    return n <= 5 ? 5 * n - 1 : 4 * n + 4;
  }

  /** Whether {@code irq} exists in the EF family. */
  public static boolean exists(int irq) {
    return irq >= 0 && irq < COUNT && NAMES[irq] != null;
  }

  /** Name of {@code irq}, such as UART4_RX, or IRQ108 for a number without a source. */
  public static String name(int irq) {
    String name = irq >= 0 && irq < COUNT ? NAMES[irq] : null;
    return name == null ? "IRQ" + irq : name;
  }

  /** Number of the request called {@code name}. */
  public static OptionalInt number(String name) {
    Integer irq = NUMBERS.get(name);
    return irq == null ? OptionalInt.empty() : OptionalInt.of(irq);
  }

  private static @Nullable String[] names() {
    @Nullable String[] names = new String[COUNT];
    put(names, 0, "CORE_TIMER", "CORE_SOFTWARE_0", "CORE_SOFTWARE_1", "EXTERNAL_0");
    timersAndCapture(names);
    adc(names);
    put(names, 104, "CORE_PERF_COUNT", "CORE_FAST_DEBUG_CHAN", "SYSTEM_BUS_PROTECTION", "CRYPTO");
    serial(names);
    for (int port = 0; port < 10; port++) {
      put(names, CHANGE_NOTICE_A + port, "CHANGE_NOTICE_" + "ABCDEFGHJK".charAt(port));
    }
    put(names, 128, "PMP", "PMP_ERROR", "COMPARATOR_1", "COMPARATOR_2", "USB", "USB_DMA");
    for (int channel = 0; channel < 8; channel++) {
      put(names, DMA0 + channel, "DMA" + channel);
    }
    put(names, 151, "CAN1", "CAN2", "ETHERNET");
    put(names, 166, "RTCC", "FLASH_CONTROL", "PREFETCH", "SQI1");
    return names;
  }

  private static void timersAndCapture(@Nullable String[] names) {
    for (int n = 1; n <= 9; n++) {
      String capture = "INPUT_CAPTURE_" + n;
      put(names, timer(n), "TIMER_" + n, capture + "_ERROR", capture, "OUTPUT_COMPARE_" + n);
      if (n <= 4) {
        put(names, timer(n) + 4, "EXTERNAL_" + n);
      }
    }
  }

  private static void adc(@Nullable String[] names) {
    put(names, 44, "ADC", "ADC_FIFO");
    for (int n = 1; n <= 6; n++) {
      put(names, 45 + n, "ADC_DC" + n);
      put(names, 51 + n, "ADC_DF" + n);
    }
    put(names, 58, "ADC_FAULT");
    for (int n = 0; n <= 44; n++) {
      put(names, 59 + n, "ADC_DATA" + n);
    }
    put(names, 192, "ADC_EOS", "ADC_ARDY", "ADC_URDY");
    put(names, 196, "ADC_EARLY");
    for (int n : new int[] {0, 1, 2, 3, 4, 7}) {
      put(names, 198 + n, "ADC" + n + "_EARLY");
      put(names, 206 + n, "ADC" + n + "_WARM");
    }
  }

  private static void serial(@Nullable String[] names) {
    for (int n = 1; n <= 6; n++) {
      put(names, spiFault(n), "SPI" + n + "_FAULT", "SPI" + n + "_RX", "SPI" + n + "_TX");
      put(names, uartFault(n), "UART" + n + "_FAULT", "UART" + n + "_RX", "UART" + n + "_TX");
    }
    for (int n = 1; n <= 5; n++) {
      put(names, i2cBus(n), "I2C" + n + "_BUS", "I2C" + n + "_SLAVE", "I2C" + n + "_MASTER");
    }
  }

  private static void put(@Nullable String[] names, int first, String... given) {
    System.arraycopy(given, 0, names, first, given.length);
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    for (int irq = 0; irq < COUNT; irq++) {
      if (exists(irq)) {
        numbers.put(name(irq), irq);
      }
    }
    return Map.copyOf(numbers);
  }
}
