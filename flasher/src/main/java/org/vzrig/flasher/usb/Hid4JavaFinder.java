package org.vzrig.flasher.usb;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.hid4java.HidDevice;
import org.hid4java.HidManager;
import org.hid4java.HidServices;
import org.hid4java.HidServicesSpecification;
import org.jspecify.annotations.Nullable;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;

/** USB HID devices of the host through hid4java, loaded when first asked for. */
public final class Hid4JavaFinder implements HidChannel.Finder {
  private @Nullable HidServices services;

  private HidServices services() throws FlashException {
    try {
      if (services == null) {
        HidServicesSpecification specification = new HidServicesSpecification();
        specification.setAutoStart(false);
        services = HidManager.getHidServices(specification);
      }
      return services;
    } catch (RuntimeException | LinkageError e) {
      throw new FlashException(Reason.PORT, "no USB HID on this machine: " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable HidChannel open(int vendor, int product, String serial) throws IOException {
    HidDevice device = services().getHidDevice(vendor, product, serial.isEmpty() ? null : serial);
    if (device == null) {
      return null;
    }
    if (!device.open()) {
      throw new FlashException(
          Reason.PORT,
          "USB device %04X:%04X is there but cannot be opened: %s (permission? see the udev rules)"
              .formatted(vendor, product, device.getLastErrorMessage()));
    }
    return new Open(device);
  }

  private record Open(HidDevice device) implements HidChannel {
    @Override
    public String name() {
      return "USB %04X:%04X".formatted(device.getVendorId(), device.getProductId());
    }

    @Override
    public void write(byte[] report) throws IOException {
      if (device.write(report, report.length, (byte) 0) < 0) {
        throw new FlashException(Reason.PORT, name() + ": " + device.getLastErrorMessage());
      }
    }

    @Override
    public byte[] read(Duration timeout) throws IOException {
      byte[] report = new byte[REPORT];
      int count = device.read(report, (int) timeout.toMillis());
      if (count < 0) {
        throw new FlashException(Reason.PORT, name() + ": " + device.getLastErrorMessage());
      }
      return Arrays.copyOf(report, count);
    }

    @Override
    public void close() {
      device.close();
    }
  }
}
