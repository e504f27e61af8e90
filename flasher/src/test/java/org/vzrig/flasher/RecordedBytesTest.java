package org.vzrig.flasher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.mpsse.MpsseAdapter;
import org.vzrig.flasher.sim.Fault;
import org.vzrig.flasher.sim.SimAn1388;
import org.vzrig.flasher.sim.SimAscii;
import org.vzrig.flasher.sim.SimChip;
import org.vzrig.flasher.sim.SimHid;
import org.vzrig.flasher.sim.SimLine;
import org.vzrig.flasher.sim.SimLoader;
import org.vzrig.flasher.sim.SimMpsse;
import org.vzrig.flasher.sim.SimPickit;
import org.vzrig.flasher.sim.SimTap;
import org.vzrig.flasher.sim.SimTarget;
import org.vzrig.flasher.sim.VirtualTime;
import org.vzrig.flasher.usb.HidChannel;

/** What leaves us, byte by byte, as the tables of the protocols have it. */
class RecordedBytesTest {
  private static final int DEVID = 0x6720_E053;

  private final VirtualTime time = new VirtualTime();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private FlashJob job(Targets targets, String device, String wire) throws FlashException {
    Targets.Settings settings = Targets.Settings.pic32prog(115_200, 115_200, wire, 0, false);
    return new FlashJob(
        targets.opener(DeviceName.parse(device), settings),
        FlashJob.Options.DEFAULT,
        new Deadline(time, Duration.ofSeconds(100)),
        event -> {});
  }

  private FlashJob serial(SimTarget target, String device) throws FlashException {
    SimTarget recording =
        new SimTarget() {
          @Override
          public void receive(int value, Reply reply) {
            sent.write(value);
            target.receive(value, reply);
          }

          @Override
          public void reset() {
            target.reset();
          }
        };
    SimLine line = new SimLine(time, recording, Fault.NONE, true);
    return job(new Targets(port -> line, (v, p, s) -> null, time), device, "");
  }

  private FlashJob usb(SimHid device, String name) throws FlashException {
    return job(new Targets(port -> null, (v, p, s) -> device, time), name, "");
  }

  private static Image page() {
    byte[] page = new byte[256];
    Arrays.fill(page, (byte) 0xA5);
    return Image.of(0x1D00_1100, page, new Origin("image", 0));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }

  /** Reports without what they are filled up with. */
  private static List<String> reports(SimHid device, String filler) {
    return device.sent.stream().map(r -> hex(r).replaceFirst("(" + filler + ")+$", "")).toList();
  }

  /** AVR068's frame: 1B, number, length, 0E, body, sum of all by exclusive or. */
  @Test
  void stk500() throws Exception {
    serial(new SimLoader(), "stk500:/dev/sim").program(page());
    assertEquals(
        "1B0100010E0114" // SIGN_ON
            + "1B02000C0E10C8641920005303AC53000031" // ENTER_PROGMODE
            + "1B0300030E02440B58" // SET_PARAM
            + "1B0400030E0245B0E5"
            + "1B0500030E0246AFF8"
            + "1B0600030E0247DE8B"
            + "1B0700020E034457" // GET_PARAM
            + "1B0800020E034559"
            + "1B0900020E03465B"
            + "1B0A00020E034759"
            + "1B0B00020E035649"
            + "1B0C000C0E10C8641920005303AC5300003F"
            + "1B0D00050E060000088093" // LOAD_ADDRESS, in words
            + ("1B0E010A0E130100" + "00".repeat(7) + "A5".repeat(256) + "02") // PROGRAM_FLASH
            + "1B0F00050E060000088091"
            + "1B1000040E1401002034" // READ_FLASH
            + "1B1100030E11010116", // LEAVE_PROGMODE
        hex(sent.toByteArray()));
  }

  /** 01, command, data and CRC with 01, 04 and 10 escaped by 10, 04; records of 32 bytes. */
  @Test
  void an1388() throws Exception {
    serial(new SimAn1388(), "an1388:/dev/sim").program(page());
    String bytes = hex(sent.toByteArray());
    assertTrue(
        bytes.startsWith(
            "01100121101004" // READ_VERSION
                + "0102422004" // ERASE
                + "01030200001004" // PROGRAM, record type 04: upper half of the address
                + "1D00DD857904"
                + ("010320110000" + "A5".repeat(32) + "2FBC1F04")
                + ("010320112000" + "A5".repeat(32) + "0FF21C04")),
        bytes);
    assertTrue(
        bytes.endsWith(
            "011004001010009D0010040000A47004" // READ_CRC 9D001000, 400
                + "0105A55004"), // JUMP_APP
        bytes);
  }

  /** The adapter's characters, from its greeting to DEVID and status. */
  @Test
  void ascii() throws Exception {
    serial(new SimAscii(new SimTap(new SimChip(DEVID))), "ascii:/dev/sim").probe();
    String key = "01001101010000110100100001010000";
    String text = sent.toString(StandardCharsets.US_ASCII);
    assertTrue(
        text.startsWith(
            ">?"
                + ("5.88888.32.8." + key + ".8.3.8......") // power, MCHP with MCLR low
                + "eeeeed" // reset of the test port
                + "eamez" // MTAP: header 1 100, 4 bits of 4, last bit with TMS, footer
                + "eajez" // IDCODE
                + "AIIIIIIIDDDez" // 32 bits, reading
                + "eamez"
                + "eapez" // COMMAND
                + "AIDDDez" // status
                + "eamezeapez"),
        text);
    assertTrue(text.endsWith("eanez" + "eeeeed" + "88888.4........."), "ETAP, reset, power off");
  }

  private static final List<String> PICKIT2 =
      List.of(
          "A976", // GET_VERSION
          "A602FEFD", // VDD off, grounded
          "A0001D8F", // SET_VDD
          "A1403D2A", // SET_VPP
          "A602EA0A", // clock 8 MHz / 10
          "A601F7", // MCLR low
          "A9A2", // READ_STATUS
          "A602FCFF", // VDD on
          "A9A2",
          "A9A61EFAF7F9F5F300E814F6FBE717FAF7E72FF2B2F2C2F212F20AF6FBE802F302",
          "A9A607BC061FBB04BB01", // reset of the test port, MTAP, IDCODE
          "A9A605B900000000AA", // 32 bits
          "A9A604BB04BB07", // MTAP, COMMAND
          "A9A602BA00AA"); // status

  private static final List<String> LEAVING =
      List.of(
          "A9A605BB05BC061F", // ETAP
          "A9A60FBC051FFAF7F8F306F302F303E80AF4",
          "A602FEFD",
          "A601F6A2");

  @Test
  void pickit2() throws Exception {
    SimPickit firmware = new SimPickit(new SimTap(new SimChip(DEVID)), false, false);
    SimHid device = new SimHid(time, firmware);
    usb(device, "pickit2").probe();
    List<String> reports = reports(device, "AD");
    assertEquals(PICKIT2, reports.subList(0, PICKIT2.size()));
    assertEquals(LEAVING, reports.subList(reports.size() - LEAVING.size(), reports.size()));
    assertTrue(
        reports.contains(
            "A7" // CLEAR_DOWNLOAD_BUFFER
                + ("A814" + "80BF083C" + "10060835" + "0000093C" + "00002935" + "000009AD")
                + ("A604" + "B6E90104") // XFERINST_BUF, and 4 times more
                + "A2"),
        "five instructions that store 0 into NVMKEY, then the status");
    assertTrue(device.sent.stream().allMatch(r -> r.length == HidChannel.REPORT));
    assertFalse(firmware.powers());
  }

  @Test
  void pickit3() throws Exception {
    SimPickit firmware = new SimPickit(new SimTap(new SimChip(DEVID)), true, false);
    SimHid device = new SimHid(time, firmware);
    usb(device, "pickit3:04d8:900a").probe();
    List<String> expected = new ArrayList<>(PICKIT2);
    expected.set(0, "4100");
    expected.set(2, "A01C00");
    expected.set(3, "A11C00");
    assertEquals(expected, reports(device, "AD").subList(0, expected.size()));
  }

  private String mpsse(MpsseAdapter adapter, String wire) throws Exception {
    SimMpsse device = new SimMpsse(time, adapter, new SimTap(new SimChip(DEVID)));
    Targets targets =
        new Targets(
            port -> null,
            (v, p, s) -> null,
            (v, p, text, s) -> text.equals(adapter.productString()) ? device : null,
            time);
    String name = "mpsse:%04X:%04X".formatted(adapter.vendor(), adapter.product());
    job(targets, name, wire).probe();
    String latency = adapter.mhz() > 6 ? "9 0000 1" : "9 0001 1";
    assertEquals(List.of("0 0000 1", "11 020B 1", latency, "10 ? 1"), device.requests);
    assertTrue(device.closed());
    return hex(device.sent.toByteArray());
  }

  @Test
  void mpsseOnJtag() throws Exception {
    String bytes = mpsse(MpsseAdapter.ALL.get(1), "jtag");
    assertTrue(
        bytes.startsWith(
            "8A978D"
                + "863B00"
                + "85" // 60 MHz, no adaptive or three-phase clock, 500 kHz, no loop
                + "80081B82090F" // TMS high, LED on
                + ("80081B820B0F" + "80081B82090F") // MCLR low and high
                + "4B051F" // TMS 1 1 1 1 1 0
                + ("4B0303" + "1B0304"
                    + "4B0203") // header 1 1 0 0, 4 bits of MTAP, last bit, footer
                + ("4B0303" + "1B0301" + "4B0203") // IDCODE
                + ("4B0201" + "3902000000003B0600" + "6B0203" + "87") // 32 bits, reading
                + ("4B0303" + "1B0304" + "4B0203")
                + ("4B0303" + "1B0307" + "4B0203") // COMMAND
                + ("4B0201" + "3B0600" + "6B0203" + "87")),
        bytes); // status
    assertTrue(
        bytes.endsWith(
            ("4B0303" + "1B0305" + "4B0203") // ETAP
                + "4B051F"
                + ("80081B820B0F" + "80081B82010F")),
        bytes); // MCLR low; high, LED off
  }

  @Test
  void mpsseOnTwoWires() throws Exception {
    String out = "80081B82080F";
    String in = "80001B82080F";
    String step = out + "1B010%d" + in + "%s0100";
    String bytes = mpsse(MpsseAdapter.ALL.get(1), "icsp");
    assertTrue(
        bytes.startsWith(
            "8A978D863B0085"
                + "80081B82090F"
                + ("80081B820A0F" + out + "80081B820A0F") // MCLR low, high, low
                + ("8D" + "190300B2C2120A") // MCHP
                + (out + "8C")
                + step.formatted(2, "1B").repeat(5) // TMS 1 1 1 1 1
                + step.formatted(0, "1B")),
        bytes);
    assertTrue(bytes.contains(step.formatted(0, "3B").repeat(32) + step.formatted(2, "1B")), bytes);
  }

  /** The Neofoxx's directions and levels differ in every pin. */
  @Test
  void pinsOfOtherAdapters() throws Exception {
    String bytes = mpsse(MpsseAdapter.ALL.get(5), "icsp");
    assertTrue(
        bytes.startsWith(
            "8A978D863B0085"
                + "80283B8203FF" // all idle, LED on: 8000 low
                + ("80083B8201FF" + "80083B8203FF") // ICSP selected; MCLR low, high
                + "80083B8201FF"),
        bytes);
    assertTrue(bytes.contains("80083B8213FF" + "1B0100"), "the data pin as an input: 1000 high");
    assertTrue(mpsse(MpsseAdapter.ALL.get(4), "jtag").startsWith("860B0085"), "6 MHz: 12 for 500");
  }
}
