package org.vzrig.flasher.sim;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vzrig.flasher.mpsse.BulkChannel;
import org.vzrig.flasher.mpsse.MpsseAdapter;

/**
 * FTDI's engine as AN_108 describes it, with an adapter's pins and a chip behind them: four wires
 * to its test port, or two that take turns.
 */
public final class SimMpsse implements BulkChannel {
  private static final int KEY = Integer.reverse(0x4D43_4850);

  /** Everything that was sent. */
  public final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /** The vendor requests before it. */
  public final List<String> requests = new ArrayList<>();

  private final VirtualTime time;
  private final MpsseAdapter adapter;
  private final SimTap tap;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private byte[] in = {};
  private int at;
  private int pins;
  private int outputs;
  private boolean closed;
  private boolean low;
  private boolean threePhase;
  private int key;
  private int phase;
  private int tdi;
  private int tms;
  private int tdo;

  /** {@code adapter} with a cable to {@code tap}. */
  public SimMpsse(VirtualTime time, MpsseAdapter adapter, SimTap tap) {
    this.time = time;
    this.adapter = adapter;
    this.tap = tap;
  }

  /** Whether it was released. */
  public boolean closed() {
    return closed;
  }

  @Override
  public void request(int request, int value, int index) {
    requests.add("%d %04X %d".formatted(request, value, index));
  }

  @Override
  public int ask(int request, int value, int index) {
    requests.add("%d ? %d".formatted(request, index));
    return 0;
  }

  @Override
  public byte[] read(Duration timeout) {
    if (out.size() == 0) {
      time.sleep(timeout.toNanos());
    }
    byte[] some = out.toByteArray();
    out.reset();
    return some;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void write(byte[] bytes) {
    sent.writeBytes(bytes);
    byte[] rest = Arrays.copyOfRange(in, at, in.length);
    in = Arrays.copyOf(rest, rest.length + bytes.length);
    System.arraycopy(bytes, 0, in, rest.length, bytes.length);
    at = 0;
    int start = 0;
    try {
      while (at < in.length) {
        start = at;
        command(next());
      }
    } catch (ArrayIndexOutOfBoundsException e) {
      at = start; // the rest of the command comes with the next transfer
    }
    if (out.size() > 384) {
      throw new IllegalStateException("the receive buffer of the chip overflows");
    }
  }

  private int next() {
    return in[at++] & 0xFF;
  }

  private void command(int code) {
    switch (code) {
      case 0x80 -> setPins(pins & 0xFF00 | next(), outputs & 0xFF00 | next());
      case 0x82 -> setPins(pins & 0xFF | next() << 8, outputs & 0xFF | next() << 8);
      case 0x85, 0x87, 0x8A, 0x97 -> {}
      case 0x86 -> at += 2;
      case 0x8C -> threePhase = true;
      case 0x8D -> threePhase = false;
      case 0x19, 0x39 -> bytes(code == 0x39);
      case 0x1B, 0x3B -> bits(code == 0x3B);
      case 0x4B, 0x6B -> tmsBits(code == 0x6B);
      default -> throw new IllegalStateException("MPSSE command %02X".formatted(code));
    }
  }

  private void setPins(int value, int direction) {
    pins = value;
    outputs = direction;
    boolean reset = active(adapter.sysrst());
    if (reset != low) {
      low = reset;
      if (!active(adapter.icsp())) {
        tap.mclr(low);
      } else if (low) {
        key = 0;
      }
    }
  }

  private boolean active(MpsseAdapter.Pin pin) {
    boolean driven = (outputs & pin.mask()) == pin.mask();
    return driven && ((pins & pin.mask()) != 0) != pin.inverted();
  }

  private void bytes(boolean read) {
    int count = next() + (next() << 8) + 1;
    byte[] data = Arrays.copyOfRange(in, at, at + count);
    if (at + count > in.length) {
      throw new ArrayIndexOutOfBoundsException();
    }
    at += count;
    for (byte b : data) {
      int result = 0;
      for (int i = 0; i < 8; i++) {
        result |= clock(b >> i & 1, 0) << i;
      }
      answer(read, result);
    }
  }

  private void bits(boolean read) {
    int count = next() + 1;
    int value = next();
    int result = 0;
    for (int i = 0; i < count; i++) {
      result = result >> 1 | clock(value >> i & 1, 0) << 7;
    }
    answer(read, result);
  }

  private void tmsBits(boolean read) {
    int count = next() + 1;
    int value = next();
    int result = 0;
    for (int i = 0; i < count; i++) {
      result = result >> 1 | clock(value >> 7, value >> i & 1) << 7;
    }
    answer(read, result);
  }

  private void answer(boolean read, int value) {
    if (read) {
      out.write(value);
    }
  }

  /** TDO before the clock; two wires carry TDI, TMS, nothing and TDO in four clocks. */
  private int clock(int data, int mode) {
    if (!active(adapter.icsp())) {
      int before = tdo;
      tdo = tap.clock(data, mode);
      return before;
    }
    if (low) {
      key = key >>> 1 | data << 31;
      phase = 0;
      return 0;
    }
    return key == KEY ? twoWire(data) : 0;
  }

  private int twoWire(int data) {
    boolean input = active(adapter.icspInput());
    if (!threePhase || input != phase >= 2) {
      throw new IllegalStateException("the wire has the wrong direction in phase " + phase);
    }
    switch (phase) {
      case 0 -> tdi = data;
      case 1 -> {
        tms = data;
        tdo = tap.clock(tdi, tms);
      }
      default -> {}
    }
    phase = phase + 1 & 3;
    return phase == 0 ? tdo : 0;
  }
}
