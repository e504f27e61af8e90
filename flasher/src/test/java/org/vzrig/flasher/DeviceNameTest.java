package org.vzrig.flasher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzrig.flasher.DeviceName.Adapter;

class DeviceNameTest {
  @ParameterizedTest
  @CsvSource({
    "/dev/ttyUSB0,STK500,/dev/ttyUSB0",
    "COM5,STK500,COM5",
    "stk500:/dev/ttyUSB0,STK500,/dev/ttyUSB0",
    "STK500:COM5,STK500,COM5",
    "an1388:/dev/ttyACM0,AN1388_UART,/dev/ttyACM0",
    "ascii:COM7,ASCII,COM7",
    "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2,STK500,/dev/serial/by-path/pci-0000:00:14.0-usb-0:2",
    "stk500:/dev/serial/by-path/pci-0000:00,STK500,/dev/serial/by-path/pci-0000:00",
    "an1388:/dev/serial/by-path/pci-0000:00,AN1388_UART,/dev/serial/by-path/pci-0000:00",
    "odd:name,STK500,odd:name",
    "ascii:/dev/serial/by-path/pci-0000:00:14.0-usb-0:2,ASCII,/dev/serial/by-path/pci-0000:00:14.0-usb-0:2",
    "An1388:/dev/serial/by-path/pci:1,AN1388_UART,/dev/serial/by-path/pci:1",
  })
  void serialPorts(String text, Adapter adapter, String port) throws FlashException {
    assertEquals(new DeviceName(adapter, port, 0, 0, ""), DeviceName.parse(text));
  }

  @Test
  void usbDevices() throws FlashException {
    assertEquals(
        new DeviceName(Adapter.PICKIT2, "", 0x04D8, 0x0033, ""),
        DeviceName.parse("pickit2:04d8:0033"));
    assertEquals(
        new DeviceName(Adapter.AN1388_HID, "", 0x04D8, 0x003C, "AB:12"),
        DeviceName.parse("an1388:04D8:3C:AB:12"));
    assertEquals(new DeviceName(Adapter.MPSSE, "", 0, 0, ""), DeviceName.parse("mpsse"));
  }

  @ParameterizedTest
  @CsvSource({
    "pickit2,PICKIT2",
    "PICkit3,PICKIT3",
    "hidboot,HIDBOOT",
    "uhb,UHB",
    "mpsse,MPSSE",
  })
  void everyUsbAdapterAloneAndWithItsIds(String text, Adapter adapter) throws FlashException {
    assertEquals(new DeviceName(adapter, "", 0, 0, ""), DeviceName.parse(text));
    assertEquals(
        new DeviceName(adapter, "", 0x15BA, 0x2A, "SN 1"),
        DeviceName.parse(text + ":15ba:2a:SN 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "pickit3:zz", "uhb:1", "ascii:", "stk500", "an1388", "ascii", "an1388:"})
  void whatCannotBeMeantIsRefused(String text) {
    FlashException e = assertThrows(FlashException.class, () -> DeviceName.parse(text));
    assertEquals(FlashException.Reason.USAGE, e.reason());
  }
}
