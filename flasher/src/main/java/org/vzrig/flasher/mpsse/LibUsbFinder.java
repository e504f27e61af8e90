package org.vzrig.flasher.mpsse;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;

/** FTDI devices of the host through libusb, which is loaded when first asked for. */
@SuppressWarnings("restricted")
public final class LibUsbFinder implements BulkChannel.Finder {
  private static final byte OUT = 0x02;
  private static final byte IN = (byte) 0x81;
  private static final int VENDOR_OUT = 0x40;
  private static final int VENDOR_IN = 0xC0;
  private static final int WRITE_MILLIS = 2000;

  private @Nullable LibUsb usb;
  private MemorySegment context = MemorySegment.NULL;

  private LibUsb usb() throws FlashException {
    if (usb == null) {
      LibUsb loaded = LibUsb.load();
      MemorySegment pointer = Arena.global().allocate(ADDRESS);
      loaded.check("initialising libusb", loaded.init(pointer));
      context = pointer.get(ADDRESS, 0);
      usb = loaded;
    }
    return usb;
  }

  @Override
  public @Nullable BulkChannel open(int vendor, int product, String productString, String serial)
      throws IOException {
    LibUsb library = usb();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pointer = arena.allocate(ADDRESS);
      long count = library.getDeviceList(context, pointer);
      library.check("listing USB devices", (int) Math.min(0, count));
      MemorySegment list = pointer.get(ADDRESS, 0).reinterpret(ADDRESS.byteSize() * count);
      try {
        for (long i = 0; i < count; i++) {
          MemorySegment device = list.getAtIndex(ADDRESS, i);
          Ids ids = Ids.of(library, device, arena);
          boolean same = ids.vendor == vendor && ids.product == product;
          Open open = same ? open(library, device, ids, productString, serial, arena) : null;
          if (open != null) {
            return open;
          }
        }
        return null;
      } finally {
        library.freeDeviceList(list);
      }
    }
  }

  private record Ids(int vendor, int product, byte productIndex, byte serialIndex) {
    static Ids of(LibUsb usb, MemorySegment device, Arena arena) throws FlashException {
      MemorySegment d = arena.allocate(LibUsb.DESCRIPTOR_BYTES, 2);
      usb.check("reading a USB descriptor", usb.getDeviceDescriptor(device, d));
      return new Ids(
          d.get(JAVA_SHORT, LibUsb.ID_VENDOR) & 0xFFFF,
          d.get(JAVA_SHORT, LibUsb.ID_PRODUCT) & 0xFFFF,
          d.get(JAVA_BYTE, LibUsb.I_PRODUCT),
          d.get(JAVA_BYTE, LibUsb.I_SERIAL_NUMBER));
    }

    String name() {
      return "USB device %04X:%04X".formatted(vendor, product);
    }
  }

  private static @Nullable Open open(
      LibUsb usb, MemorySegment device, Ids ids, String productString, String serial, Arena arena)
      throws FlashException {
    MemorySegment pointer = arena.allocate(ADDRESS);
    int result = usb.open(device, pointer);
    if (result == LibUsb.ERROR_ACCESS) {
      throw new FlashException(
          Reason.PORT,
          ids.name() + " is there but may not be opened (permission? see the udev rules)");
    }
    usb.check("opening " + ids.name(), result);
    MemorySegment handle = pointer.get(ADDRESS, 0);
    boolean wanted =
        matches(usb.string(handle, ids.productIndex), productString)
            && matches(usb.string(handle, ids.serialIndex), serial);
    if (!wanted) {
      usb.close(handle);
      return null;
    }
    try {
      if (usb.kernelDriverActive(handle) == 1) {
        usb.check("detaching the driver of " + ids.name(), usb.detachKernelDriver(handle));
      }
      usb.check("claiming " + ids.name(), usb.claimInterface(handle));
      int packet = Math.max(64, usb.getMaxPacketSize(device, IN));
      return new Open(usb, handle, ids.name(), packet);
    } catch (FlashException e) {
      usb.close(handle);
      throw e;
    }
  }

  private static boolean matches(String found, String wanted) {
    return wanted.isEmpty() || wanted.equals(found);
  }

  private record Open(LibUsb usb, MemorySegment handle, String name, int packetBytes)
      implements BulkChannel {
    @Override
    public void request(int request, int value, int index) throws IOException {
      int result =
          usb.controlTransfer(handle, VENDOR_OUT, request, value, index, MemorySegment.NULL);
      usb.check("%s: request %d".formatted(name, request), result);
    }

    @Override
    public int ask(int request, int value, int index) throws IOException {
      try (Arena local = Arena.ofConfined()) {
        MemorySegment one = local.allocate(1);
        int result = usb.controlTransfer(handle, VENDOR_IN, request, value, index, one);
        usb.check("%s: request %d".formatted(name, request), result);
        return one.get(JAVA_BYTE, 0) & 0xFF;
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      try (Arena local = Arena.ofConfined()) {
        MemorySegment count = local.allocate(JAVA_INT);
        MemorySegment data = local.allocateFrom(JAVA_BYTE, bytes);
        usb.check(name, usb.bulkTransfer(handle, OUT, data, count, WRITE_MILLIS));
        if (count.get(JAVA_INT, 0) != bytes.length) {
          throw new FlashException(
              Reason.PROTOCOL,
              "%s: expected to send %d bytes, only %d went out"
                  .formatted(name, bytes.length, count.get(JAVA_INT, 0)));
        }
      }
    }

    @Override
    public byte[] read(Duration timeout) throws IOException {
      long end = System.nanoTime() + timeout.toNanos();
      try (Arena local = Arena.ofConfined()) {
        MemorySegment data = local.allocate(8L * packetBytes);
        MemorySegment count = local.allocate(JAVA_INT);
        while (System.nanoTime() < end) {
          int left = (int) Math.max(1, (end - System.nanoTime()) / 1_000_000);
          int result = usb.bulkTransfer(handle, IN, data, count, left);
          if (result != LibUsb.ERROR_TIMEOUT) {
            usb.check(name, result);
          }
          byte[] all = data.toArray(JAVA_BYTE);
          byte[] some = FtdiPackets.data(all, count.get(JAVA_INT, 0), packetBytes);
          if (some.length > 0) {
            return some;
          }
        }
      }
      return new byte[0];
    }

    @Override
    public void close() {
      usb.releaseInterface(handle);
      usb.close(handle);
    }
  }
}
