package org.vzrig.flasher.usb;

import static org.vzrig.flasher.usb.PickitScript.*;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.icsp.TapPort;

/**
 * A PICkit 2, or a PICkit 3 with the firmware of Microchip's Scripting Tool. Its firmware knows the
 * PIC32's pseudo operations; what needs no answer is collected and goes out in one script. (The
 * reference's section 11.)
 */
public final class PickitPort implements TapPort {
  private static final Duration REPLY = Duration.ofSeconds(5);

  private static final int VPP_GND_IS_ON = 0x0004;
  private static final int VDD_GND_IS_ON = 0x0001;
  private static final int VDD_IS_ON = 0x0002;
  private static final int VPP_IS_ON = 0x0008;
  private static final int BUTTON_PRESSED = 0x0040;
  private static final int RESET = 0x0100;
  private static final int ICD_TIMEOUT = 0x0400;

  /** Bytes of script that fit a report between CLEAR_UPLOAD_BUFFER and UPLOAD_DATA. */
  private static final int SCRIPT = 58;

  private static final int INSTRUCTIONS_AT_ONCE = 13;
  private static final int FAST_WORDS_AT_ONCE = 64;
  private static final int WORDS_A_REPORT = 15;
  private static final int RESPONSES_AT_ONCE = 32;

  /** Milliseconds of one step of DELAY_LONG, times 100. */
  private static final int LONG_STEP = 546;

  private final HidChannel device;
  private final Deadline deadline;
  private final boolean third;
  private final String description;
  private final List<Integer> script = new ArrayList<>();

  private PickitPort(HidChannel device, Deadline deadline, boolean third, String description) {
    this.device = device;
    this.deadline = deadline;
    this.third = third;
    this.description = description;
  }

  /**
   * Asks the adapter for its version; closes {@code device} if it does not answer as it should.
   *
   * @param third whether it is a PICkit 3
   */
  public static PickitPort open(HidChannel device, Deadline deadline, boolean third)
      throws IOException {
    try {
      PickitPort port = new PickitPort(device, deadline, third, "");
      return new PickitPort(device, deadline, third, third ? port.version3() : port.version2());
    } catch (IOException e) {
      device.close();
      throw e;
    }
  }

  private String version2() throws IOException {
    send(new PickitScript().add(CLEAR_UPLOAD_BUFFER, GET_VERSION));
    byte[] reply = receive();
    return "PICkit2 Version %d.%d.%d".formatted(reply[0], reply[1], reply[2]);
  }

  private String version3() throws IOException {
    send(new PickitScript().add(GET_VERSIONS_MPLAB, 0));
    byte[] reply = receive();
    if (reply[30] != 'P' || reply[31] != 'k' || reply[32] != '3') {
      throw new FlashException(
          Reason.UNSUPPORTED,
          "this PICkit 3 has another firmware (expected Pk3, found %s): load the scripting firmware"
                  .formatted(HexFormat.of().withUpperCase().formatHex(reply, 30, 33))
              + " with Microchip's PICkit 3 Scripting Tool");
    }
    return "PICkit3 Version %d.%d.%d".formatted(reply[33], reply[34], reply[35]);
  }

  private void send(PickitScript commands) throws IOException {
    deadline.check("talking to the PICkit");
    device.write(commands.report());
  }

  private byte[] receive() throws IOException {
    byte[] reply = device.read(deadline.limit(REPLY));
    if (reply.length != HidChannel.REPORT) {
      throw new FlashException(
          Reason.NO_TARGET,
          "the PICkit does not answer: expected a report of %d bytes, found %d"
              .formatted(HidChannel.REPORT, reply.length));
    }
    return reply;
  }

  private int status() throws IOException {
    byte[] reply = receive();
    return reply[0] & 0xFF | (reply[1] & 0xFF) << 8;
  }

  /** Takes the status that was asked for; the firmware notes there that the chip did not answer. */
  private void checkStatus(String doing) throws IOException {
    int status = status();
    if ((status & ICD_TIMEOUT) != 0) {
      throw new FlashException(
          Reason.PROTOCOL,
          "%s: the chip does not answer (PICkit status %04X, ICD timeout)"
              .formatted(doing, status));
    }
  }

  private void queue(int... instructions) throws IOException {
    if (script.size() + instructions.length > SCRIPT) {
      flush();
    }
    for (int b : instructions) {
      script.add(b);
    }
  }

  private PickitScript queued() {
    int[] bytes = script.stream().mapToInt(Integer::intValue).toArray();
    script.clear();
    return new PickitScript().add(CLEAR_UPLOAD_BUFFER).run(bytes);
  }

  private void flush() throws IOException {
    if (!script.isEmpty()) {
      send(queued());
    }
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void enter() throws IOException {
    power();
    send(
        new PickitScript()
            .add(CLEAR_UPLOAD_BUFFER)
            .run(
                VPP_OFF,
                MCLR_GND_ON,
                VPP_PWM_ON,
                BUSY_LED_ON,
                SET_ICSP_PINS,
                0, // clock and data low
                DELAY_LONG,
                20, // 100 ms
                MCLR_GND_OFF,
                VPP_ON,
                DELAY_SHORT,
                23, // 1 ms
                VPP_OFF,
                MCLR_GND_ON,
                DELAY_SHORT,
                47, // 2 ms
                WRITE_BYTE_LITERAL,
                0xB2,
                WRITE_BYTE_LITERAL,
                0xC2,
                WRITE_BYTE_LITERAL,
                0x12,
                WRITE_BYTE_LITERAL,
                0x0A,
                MCLR_GND_OFF,
                VPP_ON,
                DELAY_LONG,
                2, // 10 ms
                SET_ICSP_PINS,
                2)); // data is an input
  }

  /** Sets the voltages, holds the part in reset and powers it unless its board does. */
  private void power() throws IOException {
    send(new PickitScript().run(VDD_OFF, VDD_GND_ON));
    voltages();
    send(new PickitScript().run(SET_ICSP_SPEED, 10)); // 8 MHz / 10
    send(new PickitScript().run(MCLR_GND_ON));
    int status = readStatus();
    if (status == (VDD_GND_IS_ON | VPP_GND_IS_ON)) {
      send(new PickitScript().run(VDD_GND_OFF, VDD_ON));
      int powered = readStatus();
      if (powered != (VDD_IS_ON | VPP_GND_IS_ON)) {
        throw unexpected(VDD_IS_ON | VPP_GND_IS_ON, powered);
      }
      deadline.clock().sleepMillis(500);
      return;
    }
    int rest = status & ~VPP_IS_ON;
    boolean poweredByBoard =
        rest == VPP_GND_IS_ON || rest == (VDD_GND_IS_ON | VDD_IS_ON | VPP_GND_IS_ON);
    if (!poweredByBoard) {
      throw unexpected(VDD_GND_IS_ON | VPP_GND_IS_ON, status);
    }
  }

  /** VDD 3.3 V with its limit at 2.81 V, VPP 3.28 V with its limit at 2.26 V. */
  private void voltages() throws IOException {
    if (third) {
      send(new PickitScript().add(SET_VDD, 28, 0));
      send(new PickitScript().add(SET_VPP, 28, 0));
    } else {
      int vdd = (int) (3.3 * 32 + 10.5) << 6;
      send(new PickitScript().add(SET_VDD, vdd, vdd >> 8, (int) (2.81 / 5 * 255)));
      send(new PickitScript().add(SET_VPP, 0x40, (int) (3.28 * 18.61), (int) (2.26 * 18.61)));
    }
  }

  private int readStatus() throws IOException {
    send(new PickitScript().add(CLEAR_UPLOAD_BUFFER, READ_STATUS));
    return status() & ~(RESET | BUTTON_PRESSED);
  }

  private static FlashException unexpected(int expected, int found) {
    return new FlashException(
        Reason.NO_TARGET,
        "PICkit: expected status %04X, found %04X (is the target shorted or badly connected?)"
            .formatted(expected, found));
  }

  @Override
  public void reset() throws IOException {
    queue(SETMODE, 6, 0x1F);
  }

  @Override
  public void instruction(int value) throws IOException {
    queue(SENDCMD, value);
  }

  @Override
  public void write(int bits, long value) throws IOException {
    if (bits == 8) {
      queue(XFERDATA8_LIT, (int) value);
    } else {
      int word = (int) value;
      queue(XFERDATA32_LIT, word, word >>> 8, word >>> 16, word >>> 24);
    }
  }

  /** The firmware uploads what came out of every transfer of the script; ours is the last. */
  @Override
  public long read(int bits, long value) throws IOException {
    flush();
    write(bits, value);
    send(queued().add(UPLOAD_DATA));
    return uploaded(bits / 8);
  }

  private long uploaded(int expected) throws IOException {
    byte[] reply = receive();
    int count = reply[0] & 0xFF;
    if (count != expected) {
      throw new FlashException(
          Reason.PROTOCOL,
          "PICkit: expected %d bytes from the chip, found %d".formatted(expected, count));
    }
    long value = 0;
    for (int i = count; i > 0; i--) {
      value = value << 8 | reply[i] & 0xFF;
    }
    return value;
  }

  @Override
  public void fastData(int... words) throws IOException {
    flush();
    for (int from = 0; from < words.length; from += FAST_WORDS_AT_ONCE) {
      int to = Math.min(words.length, from + FAST_WORDS_AT_ONCE);
      send(download(words, from, to).repeat(XFRFASTDAT_BUF, to - from).add(READ_STATUS));
      checkStatus("fast data");
    }
  }

  /** Fills the download buffer; the last of the words come back as the beginning of a report. */
  private PickitScript download(int[] words, int from, int to) throws IOException {
    PickitScript report = new PickitScript().add(CLEAR_DOWNLOAD_BUFFER);
    int at = from;
    while (to - at > INSTRUCTIONS_AT_ONCE) {
      int count = Math.min(WORDS_A_REPORT, to - at);
      send(report.add(DOWNLOAD_DATA, 4 * count).words(words, at, at + count));
      report = new PickitScript();
      at += count;
    }
    return to == at ? report : report.add(DOWNLOAD_DATA, 4 * (to - at)).words(words, at, to);
  }

  @Override
  public void execute(int... instructions) throws IOException {
    flush();
    for (int from = 0; from < instructions.length; from += INSTRUCTIONS_AT_ONCE) {
      int to = Math.min(instructions.length, from + INSTRUCTIONS_AT_ONCE);
      send(download(instructions, from, to).repeat(XFERINST_BUF, to - from).add(READ_STATUS));
      checkStatus("an instruction for the core");
    }
  }

  @Override
  public int response() throws IOException {
    flush();
    send(new PickitScript().add(CLEAR_UPLOAD_BUFFER).run(GET_PE_RESP).add(UPLOAD_DATA));
    return (int) uploaded(4);
  }

  /** What the core stores can be taken through DATA as well, which this firmware does whole. */
  @Override
  public void takeFastData(int[] into) throws IOException {
    flush();
    for (int from = 0; from < into.length; from += RESPONSES_AT_ONCE) {
      int count = Math.min(RESPONSES_AT_ONCE, into.length - from);
      send(
          new PickitScript()
              .add(CLEAR_UPLOAD_BUFFER)
              .repeat(GET_PE_RESP, count)
              .add(READ_STATUS, UPLOAD_DATA_NOLEN));
      checkStatus("reading");
      for (int at = 0; at < count; at += HidChannel.REPORT / 4) {
        if (at > 0) {
          send(new PickitScript().add(UPLOAD_DATA_NOLEN));
        }
        byte[] reply = receive();
        for (int i = 0; i < HidChannel.REPORT / 4 && at + i < count; i++) {
          into[from + at + i] = org.vzrig.flasher.Programmer.word(reply, 4 * i);
        }
      }
    }
  }

  @Override
  public void responses(int[] into) throws IOException {
    takeFastData(into);
  }

  @Override
  public void pause(int millis) throws IOException {
    int steps = Math.max(1, (millis * 100 + LONG_STEP - 1) / LONG_STEP);
    for (int left = steps; left > 0; left -= 255) {
      queue(DELAY_LONG, Math.min(left, 255));
    }
    flush();
    deadline.clock().sleepMillis(millis);
  }

  @Override
  public void leave(boolean power) throws IOException {
    flush();
    send(
        new PickitScript()
            .add(CLEAR_UPLOAD_BUFFER)
            .run(
                SETMODE,
                5,
                0x1F,
                VPP_OFF,
                MCLR_GND_ON,
                VPP_PWM_OFF,
                SET_ICSP_PINS,
                6, // clock high, data in
                SET_ICSP_PINS,
                2, // clock low
                SET_ICSP_PINS,
                3, // both inputs
                DELAY_LONG,
                10, // 50 ms
                BUSY_LED_OFF));
    if (!power) {
      send(new PickitScript().run(VDD_OFF, VDD_GND_ON));
    }
    send(new PickitScript().run(MCLR_GND_OFF).add(READ_STATUS));
    checkStatus("leaving programming mode");
  }

  @Override
  public void close() {
    device.close();
  }
}
