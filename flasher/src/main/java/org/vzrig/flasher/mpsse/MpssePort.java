package org.vzrig.flasher.mpsse;

import static org.vzrig.flasher.mpsse.MpsseEngine.*;

import java.io.IOException;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.icsp.BitTap;

/** An FTDI adapter on a part's JTAG pins, or on its two ICSP pins. */
public final class MpssePort extends BitTap {
  private static final int DEFAULT_KHZ = 500;

  /** MCHP, as it leaves least significant bit first. */
  private static final int KEY = Integer.reverse(0x4D43_4850);

  private static final int ENTRIES = 10;

  /** Words of 33 bits whose replies fit the buffer of the smallest chip. */
  private static final int WORDS_AT_ONCE = 32;

  private static final int RESET_REQUEST = 0;
  private static final int LATENCY_REQUEST = 9;
  private static final int ASK_LATENCY_REQUEST = 10;
  private static final int MODE_REQUEST = 11;
  private static final int MPSSE_MODE = 0x020B;

  private final BulkChannel device;
  private final MpsseAdapter adapter;
  private final Deadline deadline;
  private final MpsseEngine engine;
  private final boolean twoWire;

  private MpssePort(BulkChannel device, MpsseAdapter adapter, Deadline deadline, boolean twoWire) {
    this.device = device;
    this.adapter = adapter;
    this.deadline = deadline;
    this.twoWire = twoWire;
    engine = new MpsseEngine(device, deadline);
  }

  /**
   * Sets the adapter up; closes {@code device} if that fails.
   *
   * @param twoWire whether ICSP's two pins are connected instead of JTAG's four
   * @param khz clock, or 0 for 500 kHz
   */
  public static MpssePort open(
      BulkChannel device, MpsseAdapter adapter, Deadline deadline, boolean twoWire, int khz)
      throws IOException {
    try {
      MpssePort port = new MpssePort(device, adapter, deadline, twoWire);
      port.setUp(khz == 0 ? DEFAULT_KHZ : khz);
      return port;
    } catch (IOException e) {
      device.close();
      throw e;
    }
  }

  private void setUp(int khz) throws IOException {
    device.request(RESET_REQUEST, 0, 1);
    device.request(MODE_REQUEST, MPSSE_MODE, 1);
    device.request(LATENCY_REQUEST, adapter.mhz() > 6 ? 0 : 1, 1);
    device.ask(ASK_LATENCY_REQUEST, 0, 1);
    if (adapter.mhz() > 6) {
      engine.add(DIVIDE_BY_5_OFF, ADAPTIVE_OFF, THREE_PHASE_OFF);
    }
    int divisor = adapter.divisor(khz);
    engine.add(DIVISOR, divisor & 0xFF, divisor >> 8).add(LOOPBACK_OFF);
    pins(false, true, false, false);
    engine.flush();
  }

  private void pins(boolean reset, boolean lit, boolean icsp, boolean input) throws IOException {
    engine.pins(adapter.pins(reset, lit, icsp, input), adapter.outputs());
  }

  private void pinsFor(boolean reset, int millis) throws IOException {
    pins(reset, true, twoWire, false);
    engine.flush();
    deadline.clock().sleepMillis(millis);
  }

  @Override
  public String description() {
    return adapter.name();
  }

  @Override
  public int entries() {
    return ENTRIES;
  }

  /** In two-wire mode the key goes out while MCLR is low; in JTAG mode MCLR is pulsed. */
  @Override
  public void enter() throws IOException {
    pinsFor(true, 10);
    pinsFor(false, 10);
    if (twoWire) {
      pinsFor(true, 0);
      engine.add(THREE_PHASE_OFF);
      engine.data(32, Integer.toUnsignedLong(KEY), false);
      engine.flush();
      deadline.clock().sleepMillis(10);
      pinsFor(false, 5);
      engine.add(THREE_PHASE_ON); // without it data would change at the wrong edge
    }
  }

  @Override
  public void reset() throws IOException {
    clocks(6, 0b011111);
  }

  /** TMS clocks with TDI low. */
  private void clocks(int count, int tms) throws IOException {
    if (!twoWire) {
      engine.tms(count, tms, 0, false);
      return;
    }
    for (int i = 0; i < count; i++) {
      step(0, tms >> i & 1, false);
    }
  }

  /** One clock of the test port in four of the two-wire interface: TDI, TMS, turn around, TDO. */
  private void step(int tdi, int tms, boolean read) throws IOException {
    pins(false, true, true, false);
    engine.bits(2, tdi | tms << 1, false);
    pins(false, true, true, true);
    engine.bits(2, 0, read);
  }

  @Override
  public void instruction(int value) throws IOException {
    clocks(4, 0b0011);
    last(5, value, false);
  }

  @Override
  public void write(int bits, long value) throws IOException {
    clocks(3, 0b001);
    last(bits, value, false);
  }

  /** Shifts bits out, the last one with TMS high, and goes on to Run-Test/Idle. */
  private void last(int bits, long value, boolean read) throws IOException {
    if (twoWire) {
      for (int i = 0; i < bits; i++) {
        // reading is one step ahead: the header's last step gives the first bit
        step((int) (value >>> i & 1), i == bits - 1 ? 1 : 0, read && i < bits - 1);
      }
      clocks(2, 0b01);
    } else {
      engine.data(bits - 1, value, read);
      engine.tms(3, 0b011, (int) (value >>> bits - 1 & 1), read);
    }
  }

  private void exchange(int bits, long value) throws IOException {
    if (twoWire) {
      step(0, 1, false);
      step(0, 0, false);
      step(0, 0, true);
    } else {
      clocks(3, 0b001);
    }
    last(bits, value, true);
  }

  @Override
  public long read(int bits, long value) throws IOException {
    exchange(bits, value);
    return decode(engine.exchange(), 0, bits);
  }

  /** Bytes that reading {@code bits} brings back. */
  private int replies(int bits) {
    return twoWire ? bits : (bits - 1 + 7) / 8 + 1;
  }

  private long decode(byte[] reply, int from, int bits) {
    long value = 0;
    if (twoWire) {
      for (int i = 0; i < bits; i++) {
        value |= (long) (reply[from + i] >> 7 & 1) << i;
      }
      return value;
    }
    int whole = (bits - 1) / 8;
    int rest = (bits - 1) % 8;
    for (int i = 0; i < whole; i++) {
      value |= (reply[from + i] & 0xFFL) << 8 * i;
    }
    int at = from + whole;
    if (rest > 0) {
      value |= (reply[at++] & 0xFFL) >> 8 - rest << 8 * whole;
    }
    return value | (long) (reply[at] >> 5 & 1) << bits - 1; // first of the three TMS clocks
  }

  @Override
  public void fastData(int... words) throws IOException {
    for (int at = 0; at < words.length; at += WORDS_AT_ONCE) {
      int count = Math.min(WORDS_AT_ONCE, words.length - at);
      for (int i = 0; i < count; i++) {
        long bits = Integer.toUnsignedLong(words[at + i]) << 1;
        if (twoWire) {
          step(0, 1, false);
          step(0, 0, false);
          step(0, 0, true); // PrAcc is all we look at
          last(33, bits, false);
        } else {
          exchange(33, bits);
        }
      }
      byte[] reply = engine.exchange();
      int stride = twoWire ? 1 : replies(33);
      for (int i = 0; i < count; i++) {
        int first = reply[i * stride];
        boolean taken = (twoWire ? first >> 7 & 1 : first & 1) == 1;
        if (!taken) {
          throw notTaken();
        }
      }
    }
  }

  @Override
  public void takeFastData(int[] into) throws IOException {
    for (int at = 0; at < into.length; at += WORDS_AT_ONCE / 4) {
      int count = Math.min(WORDS_AT_ONCE / 4, into.length - at);
      for (int i = 0; i < count; i++) {
        exchange(33, 0);
      }
      byte[] reply = engine.exchange();
      for (int i = 0; i < count; i++) {
        long bits = decode(reply, i * replies(33), 33);
        if ((bits & 1) == 0) {
          throw notTaken();
        }
        into[at + i] = (int) (bits >>> 1);
      }
    }
  }

  /** In JTAG mode MCLR is a line of the adapter; in two-wire mode the key would be lost with it. */
  @Override
  public boolean holdReset(boolean low) throws IOException {
    if (twoWire) {
      return false;
    }
    pinsFor(low, low ? 0 : 10);
    return true;
  }

  /** Parts that use the JTAG pins otherwise listen to TMS for the key while MCLR is low. */
  @Override
  public boolean recover(Family family) throws IOException {
    if (twoWire) {
      return true;
    }
    if (!family.mx()) {
      return false;
    }
    pinsFor(true, 5);
    for (int i = 0; i < 32; i += 4) {
      engine.tms(4, KEY >>> i & 0xF, 0, false);
    }
    engine.flush();
    deadline.clock().sleepMillis(5);
    pinsFor(false, 100);
    return true;
  }

  @Override
  public void pause(int millis) throws IOException {
    engine.flush();
    deadline.clock().sleepMillis(millis);
  }

  /** The adapters have no power to take away; a pulse on MCLR starts the program. */
  @Override
  public void leave(boolean power) throws IOException {
    engine.flush();
    deadline.clock().sleepMillis(10);
    pins(true, true, false, false);
    engine.flush();
    deadline.clock().sleepMillis(100);
    pins(false, false, false, false);
    engine.flush();
  }

  @Override
  public void close() {
    device.close();
  }
}
