package org.vzrig.flasher.usb;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.image.Image;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.DeviceName.Adapter;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Target;
import org.vzrig.flasher.an1388.An1388Target;
import org.vzrig.flasher.icsp.IcspTarget;
import org.vzrig.flasher.icsp.TapPort;
import org.vzrig.flasher.mpsse.BulkChannel;
import org.vzrig.flasher.mpsse.MpsseAdapter;
import org.vzrig.flasher.mpsse.MpssePort;

/** Finds and opens the targets that are USB devices. */
public final class UsbTargets {
  /**
   * How to treat what is found.
   *
   * @param resets whether the older loader starts the application in the end, and whether a PICkit
   *     leaves the part powered
   * @param executive Microchip's programming executive, if the user has it
   * @param twoWire whether an FTDI adapter is connected to ICSP's two pins instead of JTAG's four
   * @param khz clock of an FTDI adapter, 0 for its default
   */
  public record Options(boolean resets, Optional<Image> executive, boolean twoWire, int khz) {}

  private record Id(Adapter adapter, int vendor, int product) {}

  /** What opening needs besides the device. */
  private record Job(Deadline deadline, FlashEvent.Listener events, Options options) {}

  /**
   * Known HID devices, in the order in which they are looked for; FTDI adapters come between the
   * PICkits and the boot loaders. Two loaders share 04D8:003C; the newer one is asked first,
   * because the older one ignores its frames.
   */
  private static final List<Id> KNOWN =
      List.of(
          new Id(Adapter.PICKIT2, 0x04D8, 0x0033),
          new Id(Adapter.PICKIT3, 0x04D8, 0x900A),
          new Id(Adapter.PICKIT3, 0x04D8, 0x8108),
          new Id(Adapter.PICKIT3, 0x04D8, 0x8107),
          new Id(Adapter.MPSSE, 0, 0),
          new Id(Adapter.AN1388_HID, 0x04D8, 0x003C),
          new Id(Adapter.HIDBOOT, 0x04D8, 0x003C),
          new Id(Adapter.HIDBOOT, 0x04D8, 0xFA8D),
          new Id(Adapter.HIDBOOT, 0x15BA, 0x0032),
          new Id(Adapter.UHB, 0x1234, 0x0001));

  private final HidChannel.Finder finder;
  private final BulkChannel.Finder bulk;

  /** Looks for HID devices through {@code finder}, and for FTDI adapters through {@code bulk}. */
  public UsbTargets(HidChannel.Finder finder, BulkChannel.Finder bulk) {
    this.finder = finder;
    this.bulk = bulk;
  }

  /**
   * Opens {@code device}.
   *
   * @throws FlashException if no such device is connected, or it does not answer
   */
  public Target open(
      DeviceName device, Deadline deadline, FlashEvent.Listener events, Options options)
      throws IOException {
    Job job = new Job(deadline, events, options);
    if (device.vendor() == 0) {
      return first(device.adapter(), job);
    }
    Id id = new Id(device.adapter(), device.vendor(), device.product());
    Target target = open(id, device.serial(), job);
    if (target == null) {
      throw new FlashException(
          Reason.NO_TARGET,
          "no USB device %04X:%04X%s is connected"
              .formatted(
                  id.vendor,
                  id.product,
                  device.serial().isEmpty() ? "" : " with serial number " + device.serial()));
    }
    return target;
  }

  private Target first(Adapter wanted, Job job) throws IOException {
    @Nullable FlashException silent = null;
    for (Id id : KNOWN) {
      if (wanted != Adapter.AUTO && wanted != id.adapter) {
        continue;
      }
      try {
        Target target = open(id, "", job);
        if (target != null) {
          return target;
        }
      } catch (FlashException e) {
        if (e.reason() != Reason.NO_TARGET && e.reason() != Reason.PORT) {
          throw e;
        }
        silent = silent == null ? e : silent;
      }
    }
    throw silent != null
        ? silent
        : new FlashException(Reason.NO_TARGET, "no USB programmer or boot loader is connected");
  }

  /** The target behind {@code id}, or null if no such device is connected. */
  private @Nullable Target open(Id id, String serial, Job job) throws IOException {
    if (id.adapter == Adapter.MPSSE) {
      return mpsse(id, serial, job);
    }
    HidChannel channel = finder.open(id.vendor, id.product, serial);
    return channel == null ? null : talk(id.adapter, channel, job);
  }

  private @Nullable Target mpsse(Id id, String serial, Job job) throws IOException {
    boolean known = false;
    for (MpsseAdapter adapter : MpsseAdapter.ALL) {
      boolean suits =
          id.vendor == 0 || adapter.vendor() == id.vendor && adapter.product() == id.product;
      known |= suits;
      BulkChannel channel =
          suits
              ? bulk.open(adapter.vendor(), adapter.product(), adapter.productString(), serial)
              : null;
      if (channel != null) {
        Options options = job.options;
        return icsp(
            MpssePort.open(channel, adapter, job.deadline, options.twoWire, options.khz), job);
      }
    }
    if (!known) {
      throw new FlashException(
          Reason.USAGE,
          "mpsse:%04X:%04X: expected one of %s"
              .formatted(
                  id.vendor,
                  id.product,
                  MpsseAdapter.ALL.stream()
                      .map(a -> "%04X:%04X (%s)".formatted(a.vendor(), a.product(), a.name()))
                      .collect(Collectors.joining(", "))));
    }
    return null;
  }

  private static Target icsp(TapPort port, Job job) throws IOException {
    return IcspTarget.open(
        port, job.deadline, job.events, job.options.executive, job.options.resets);
  }

  private static Target talk(Adapter adapter, HidChannel channel, Job job) throws IOException {
    Deadline deadline = job.deadline;
    return switch (adapter) {
      case AN1388_HID ->
          An1388Target.open(new HidFrames(channel), "AN1388", 2, deadline, job.events);
      case HIDBOOT -> HidBootTarget.open(channel, deadline, job.options.resets);
      case UHB -> UhbTarget.open(channel, deadline);
      case PICKIT2 -> icsp(PickitPort.open(channel, deadline, false), job);
      case PICKIT3 -> icsp(PickitPort.open(channel, deadline, true), job);
      default -> throw new IllegalStateException(adapter + " is no HID device");
    };
  }
}
