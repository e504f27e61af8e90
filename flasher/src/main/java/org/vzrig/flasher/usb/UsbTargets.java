package org.vzrig.flasher.usb;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.DeviceName.Adapter;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Target;
import org.vzrig.flasher.an1388.An1388Target;

/** Finds and opens the targets that are USB HID devices. */
public final class UsbTargets {
  private record Id(Adapter adapter, int vendor, int product) {}

  /**
   * Known devices, in the order in which they are looked for. Two loaders share 04D8:003C; the
   * newer one is asked first, because the older one ignores its frames.
   */
  private static final List<Id> KNOWN =
      List.of(
          new Id(Adapter.PICKIT2, 0x04D8, 0x0033),
          new Id(Adapter.PICKIT3, 0x04D8, 0x900A),
          new Id(Adapter.PICKIT3, 0x04D8, 0x8108),
          new Id(Adapter.PICKIT3, 0x04D8, 0x8107),
          new Id(Adapter.AN1388_HID, 0x04D8, 0x003C),
          new Id(Adapter.HIDBOOT, 0x04D8, 0x003C),
          new Id(Adapter.HIDBOOT, 0x04D8, 0xFA8D),
          new Id(Adapter.HIDBOOT, 0x15BA, 0x0032),
          new Id(Adapter.UHB, 0x1234, 0x0001));

  private final HidChannel.Finder finder;

  /** Looks for devices through {@code finder}. */
  public UsbTargets(HidChannel.Finder finder) {
    this.finder = finder;
  }

  /**
   * Opens {@code device}.
   *
   * @param resets whether the older loader starts the application in the end
   * @throws FlashException if no such device is connected, or it does not answer
   */
  public Target open(
      DeviceName device, Deadline deadline, FlashEvent.Listener events, boolean resets)
      throws IOException {
    if (device.vendor() != 0) {
      Id id = new Id(device.adapter(), device.vendor(), device.product());
      HidChannel channel = finder.open(id.vendor, id.product, device.serial());
      if (channel == null) {
        throw new FlashException(
            Reason.NO_TARGET,
            "no USB device %04X:%04X is connected".formatted(id.vendor, id.product));
      }
      return talk(id.adapter, channel, deadline, events, resets);
    }
    return first(device.adapter(), deadline, events, resets);
  }

  private Target first(
      Adapter wanted, Deadline deadline, FlashEvent.Listener events, boolean resets)
      throws IOException {
    @Nullable FlashException silent = null;
    for (Id id : KNOWN) {
      boolean suits = wanted == Adapter.AUTO || wanted == id.adapter;
      HidChannel channel = suits ? finder.open(id.vendor, id.product, "") : null;
      if (channel != null) {
        try {
          return talk(id.adapter, channel, deadline, events, resets);
        } catch (FlashException e) {
          if (e.reason() != Reason.NO_TARGET) {
            throw e;
          }
          silent = e;
        }
      }
    }
    throw silent != null
        ? silent
        : new FlashException(Reason.NO_TARGET, "no USB programmer or boot loader is connected");
  }

  private static Target talk(
      Adapter adapter,
      HidChannel channel,
      Deadline deadline,
      FlashEvent.Listener events,
      boolean resets)
      throws IOException {
    return switch (adapter) {
      case AN1388_HID -> An1388Target.open(new HidFrames(channel), "AN1388", 2, deadline, events);
      case HIDBOOT -> HidBootTarget.open(channel, deadline, resets);
      case UHB -> UhbTarget.open(channel, deadline);
      default -> {
        channel.close();
        throw new FlashException(
            Reason.UNSUPPORTED, adapter + ": this programmer is not supported");
      }
    };
  }
}
