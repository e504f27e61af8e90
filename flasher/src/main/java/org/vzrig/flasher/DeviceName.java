package org.vzrig.flasher;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vzrig.flasher.FlashException.Reason;

/**
 * What the user calls a target: a serial port, prefix:port or prefix:vid:pid[:serial]. A prefix
 * counts only if it is known, so that ports with colons in their paths stay whole.
 *
 * @param adapter which protocol
 * @param port serial port, empty for USB devices
 * @param vendor USB vendor, 0 for the adapter's own
 * @param product USB product, 0 for the adapter's own
 * @param serial USB serial number, empty for any
 */
public record DeviceName(Adapter adapter, String port, int vendor, int product, String serial) {
  /** Protocols by the names that device names use. */
  public enum Adapter {
    /** STK500v2 over a serial port. */
    STK500,
    /** AN1388 over a serial port. */
    AN1388_UART,
    /** The ascii bit-bang ICSP adapter. */
    ASCII,
    /** AN1388 over USB. */
    AN1388_HID,
    /** The older USB boot loader. */
    HIDBOOT,
    /** mikroElektronika's USB boot loader. */
    UHB,
    /** PICkit 2. */
    PICKIT2,
    /** PICkit 3. */
    PICKIT3,
    /** FTDI adapters with MPSSE. */
    MPSSE,
    /** Whatever USB adapter is found first. */
    AUTO;

    /** Whether it is reached through a serial port. */
    public boolean onSerialPort() {
      return this == STK500 || this == AN1388_UART || this == ASCII;
    }
  }

  private static final Map<String, Adapter> SERIAL =
      Map.of("stk500", Adapter.STK500, "an1388", Adapter.AN1388_UART, "ascii", Adapter.ASCII);
  private static final Map<String, Adapter> USB =
      Map.of(
          "pickit2",
          Adapter.PICKIT2,
          "pickit3",
          Adapter.PICKIT3,
          "hidboot",
          Adapter.HIDBOOT,
          "an1388",
          Adapter.AN1388_HID,
          "uhb",
          Adapter.UHB,
          "mpsse",
          Adapter.MPSSE);
  private static final Pattern USB_ID =
      Pattern.compile("([0-9a-fA-F]{1,4}):([0-9a-fA-F]{1,4})(?::(.+))?");

  /** Any USB adapter. */
  public static final DeviceName ANY = new DeviceName(Adapter.AUTO, "", 0, 0, "");

  /**
   * Parses a device name.
   *
   * @throws FlashException if it is empty, or a USB prefix without vendor and product
   */
  public static DeviceName parse(String name) throws FlashException {
    int colon = name.indexOf(':');
    String prefix = colon < 0 ? "" : name.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = name.substring(colon + 1);
    Matcher id = USB_ID.matcher(rest);
    if (USB.containsKey(prefix) && id.matches()) {
      return new DeviceName(
          USB.get(prefix),
          "",
          Integer.parseInt(id.group(1), 16),
          Integer.parseInt(id.group(2), 16),
          Optional.ofNullable(id.group(3)).orElse(""));
    }
    Adapter bare = USB.get(name.toLowerCase(Locale.ROOT));
    if (bare != null && bare != Adapter.AN1388_HID) {
      return new DeviceName(bare, "", 0, 0, "");
    }
    if (SERIAL.containsKey(prefix) && !rest.isEmpty()) {
      return new DeviceName(SERIAL.get(prefix), rest, 0, 0, "");
    }
    String start = colon < 0 ? name.toLowerCase(Locale.ROOT) : prefix;
    if (name.isEmpty() || USB.containsKey(start) || SERIAL.containsKey(start)) {
      throw new FlashException(
          Reason.USAGE,
          ("expected a serial port, stk500:PORT, an1388:PORT, ascii:PORT or"
                  + " pickit2|pickit3|hidboot|an1388|uhb|mpsse:VID:PID[:SERIAL], found \"%s\"")
              .formatted(name));
    }
    return new DeviceName(Adapter.STK500, name, 0, 0, "");
  }
}
