package org.vzrig.flasher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.flasher.DeviceName.Adapter;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.an1388.An1388Target;
import org.vzrig.flasher.icsp.AsciiPort;
import org.vzrig.flasher.icsp.IcspTarget;
import org.vzrig.flasher.mpsse.BulkChannel;
import org.vzrig.flasher.stk500.StkOptions;
import org.vzrig.flasher.stk500.StkTarget;
import org.vzrig.flasher.usb.HidChannel;
import org.vzrig.flasher.usb.UsbTargets;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.SerialLine;

/** Opens targets by their device names. */
public final class Targets {
  /**
   * How to reach a target.
   *
   * @param baud speed of a serial port
   * @param fastBaud speed to ask a boot loader for; the same for no change
   * @param reset how to reset the board
   * @param listen how long to look for a boot loader before the port is opened again
   * @param opens how often the port is opened before it is given up
   * @param executive Microchip's programming executive as a hex file
   * @param wire jtag, icsp or empty
   * @param speedKhz clock of an FTDI adapter, 0 for its default
   * @param powerOn whether the part stays powered afterwards
   */
  public record Settings(
      int baud,
      int fastBaud,
      ResetSequence reset,
      Duration listen,
      int opens,
      Optional<Path> executive,
      String wire,
      int speedKhz,
      boolean powerOn) {
    /** As pic32prog does: opening the port resets the board, six attempts of a second. */
    public static Settings pic32prog(
        int baud, int fastBaud, String wire, int speedKhz, boolean powerOn) throws FlashException {
      return new Settings(
          baud,
          fastBaud,
          ResetSequence.parse("open"),
          Duration.ofSeconds(3),
          2,
          Optional.empty(),
          wire,
          speedKhz,
          powerOn);
    }
  }

  private static final int AN1388_ATTEMPTS = 5;
  private static final int ASCII_BAUD = 115_200;

  private final Function<String, SerialLine.Opener> ports;
  private final UsbTargets usb;
  private final HostClock clock;

  /** Opens serial ports through {@code ports} and USB HID devices through {@code finder}. */
  public Targets(
      Function<String, SerialLine.Opener> ports, HidChannel.Finder finder, HostClock clock) {
    this(ports, finder, BulkChannel.Finder.NONE, clock);
  }

  /** With FTDI adapters, which {@code bulk} opens. */
  public Targets(
      Function<String, SerialLine.Opener> ports,
      HidChannel.Finder finder,
      BulkChannel.Finder bulk,
      HostClock clock) {
    this.ports = ports;
    usb = new UsbTargets(finder, bulk);
    this.clock = clock;
  }

  /** Opens {@code device} each time it is asked to. */
  public FlashJob.TargetOpener opener(DeviceName device, Settings settings) {
    return (deadline, events) -> open(device, settings, deadline, events);
  }

  private Target open(
      DeviceName device, Settings settings, Deadline deadline, FlashEvent.Listener events)
      throws IOException {
    return switch (device.adapter()) {
      case STK500 -> stk500(device, settings, deadline, events);
      case AN1388_UART -> an1388(device, settings, deadline, events);
      case ASCII -> ascii(device, settings, deadline, events);
      default -> usb.open(device, deadline, events, usbOptions(device, settings));
    };
  }

  private Target stk500(
      DeviceName device, Settings settings, Deadline deadline, FlashEvent.Listener events)
      throws IOException {
    StkOptions options =
        new StkOptions(
            settings.baud, settings.fastBaud, settings.reset, settings.listen, settings.opens, 4);
    return StkTarget.open(ports.apply(device.port()), options, deadline, events);
  }

  private static UsbTargets.Options usbOptions(DeviceName device, Settings settings)
      throws FlashException {
    boolean pickit = device.adapter() == Adapter.PICKIT2 || device.adapter() == Adapter.PICKIT3;
    if (pickit && settings.wire.equals("jtag")) {
      throw new FlashException(Reason.USAGE, "a PICkit has no JTAG pins, only ICSP");
    }
    return new UsbTargets.Options(
        settings.powerOn, executive(settings), settings.wire.equals("icsp"), settings.speedKhz);
  }

  /** Always 115200 baud, and no reset: the adapter has its own. */
  private Target ascii(
      DeviceName device, Settings settings, Deadline deadline, FlashEvent.Listener events)
      throws IOException {
    Optional<Image> executive = executive(settings);
    SerialLine line =
        ResetSequence.parse("none").openPort(ports.apply(device.port()), ASCII_BAUD, clock);
    return IcspTarget.open(
        AsciiPort.open(line, deadline), deadline, events, executive, settings.powerOn);
  }

  private static Optional<Image> executive(Settings settings) throws FlashException {
    if (settings.executive.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ImageReader.read(settings.executive.get()));
    } catch (ImageException e) {
      throw new FlashException(Reason.IMAGE, String.valueOf(e.getMessage()), e);
    }
  }

  private Target an1388(
      DeviceName device, Settings settings, Deadline deadline, FlashEvent.Listener events)
      throws IOException {
    SerialLine line = settings.reset.openPort(ports.apply(device.port()), settings.baud, clock);
    return An1388Target.open(
        new SerialChannel(line), "AN1388 UART", AN1388_ATTEMPTS, deadline, events);
  }
}
