package org.vzrig.hil.capture;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.machine.CycleTime;

/**
 * Writes a value change dump (IEEE 1364, clause 18) for GTKWave, PulseView and the like, in
 * nanoseconds of virtual time.
 *
 * <p>It holds named one-bit signals such as LEDs, the sixteen pins of every port, and for each UART
 * the last byte of both directions with a strobe that toggles at every byte, so that equal bytes in
 * a row can be told apart. Ports and bytes are written bit by bit, as {@code PORTA[3]}: libsigrok
 * 0.5.2 gives a file up at its first vector, while GTKWave shows such bits as one vector.
 */
public final class VcdWriter implements CaptureSink {
  private static final int FIRST_ID = '!';
  private static final int IDS = '~' - '!' + 1;

  private final Writer out;
  private final CycleTime time;
  private final Map<Pin, List<Bit>> bits = new LinkedHashMap<>();
  private final List<Vector> ports = new ArrayList<>();
  private final Map<Integer, Line> lines = new LinkedHashMap<>();
  private long lastNanos = -1;
  private int nextId;

  /**
   * A one-bit signal that follows a pin.
   *
   * @param scope group it is shown in, such as leds
   * @param name its name, such as LD1
   * @param pin pin it follows
   * @param inverted whether it is 1 while the pin is low
   */
  public record Signal(String scope, String name, Pin pin, boolean inverted) {}

  /** The level of every pin when the dump starts. */
  @FunctionalInterface
  public interface Levels {
    /** Whether {@code pin} is high. */
    boolean level(Pin pin);
  }

  private record Bit(String id, boolean inverted) {}

  private static final class Vector {
    private final String[] ids;
    private int value;

    Vector(String[] ids) {
      this.ids = ids;
    }
  }

  private record Line(Vector tx, Vector txStrobe, Vector rx, Vector rxStrobe) {}

  /**
   * Writes the declarations and the first values.
   *
   * @param out where to, closed by {@link #close}
   * @param title outermost scope, such as the board's name
   * @param signals named pins, those of a scope next to each other
   * @param uarts numbers of the UARTs to show
   * @param levels pins at the start
   */
  public VcdWriter(
      Writer out,
      CycleTime time,
      String title,
      List<Signal> signals,
      List<Integer> uarts,
      Levels levels)
      throws IOException {
    this.out = out;
    this.time = time;
    out.write("$version vzrig $end\n$timescale 1 ns $end\n");
    out.write("$scope module " + title.replaceAll("\\W", "_") + " $end\n");
    declareSignals(signals);
    declarePorts(levels);
    for (int uart : uarts) {
      declareUart(uart);
    }
    out.write("$upscope $end\n$enddefinitions $end\n");
    dumpAll(levels);
  }

  @Override
  public void sent(long cycle, int uart, int value) throws IOException {
    Line line = lines.get(uart);
    if (line != null) {
      transfer(cycle, line.tx, line.txStrobe, value);
    }
  }

  @Override
  public void received(long cycle, int uart, int value) throws IOException {
    Line line = lines.get(uart);
    if (line != null) {
      transfer(cycle, line.rx, line.rxStrobe, value);
    }
  }

  @Override
  public void pin(long cycle, Pin pin, boolean level) throws IOException {
    at(cycle);
    Vector port = ports.get(pin.portIndex());
    int mask = 1 << pin.bit();
    change(port, level ? port.value | mask : port.value & ~mask);
    for (Bit bit : bits.getOrDefault(pin, List.of())) {
      scalar(bit.id, level != bit.inverted);
    }
  }

  @Override
  public void lost(long cycle, long count) throws IOException {
    at(cycle);
    out.write("$comment " + count + " events lost here $end\n");
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close(long cycle) throws IOException {
    try (out) {
      at(cycle);
    }
  }

  private void declareSignals(List<Signal> signals) throws IOException {
    String scope = "";
    for (Signal signal : signals) {
      if (!signal.scope.equals(scope)) {
        out.write(scope.isEmpty() ? "" : "$upscope $end\n");
        out.write("$scope module " + signal.scope + " $end\n");
        scope = signal.scope;
      }
      String id = declare(signal.name);
      bits.computeIfAbsent(signal.pin, p -> new ArrayList<>()).add(new Bit(id, signal.inverted));
    }
    out.write(scope.isEmpty() ? "" : "$upscope $end\n");
  }

  private void declarePorts(Levels levels) throws IOException {
    out.write("$scope module ports $end\n");
    for (char port : Pin.PORTS.toCharArray()) {
      Vector vector = new Vector(declare(Pin.PER_PORT, "PORT" + port));
      for (int bit = 0; bit < Pin.PER_PORT; bit++) {
        vector.value |= levels.level(new Pin(port, bit)) ? 1 << bit : 0;
      }
      ports.add(vector);
    }
    out.write("$upscope $end\n");
  }

  private void declareUart(int uart) throws IOException {
    out.write("$scope module uart" + uart + " $end\n");
    lines.put(
        uart,
        new Line(
            new Vector(declare(8, "tx")),
            new Vector(new String[] {declare("tx_strobe")}),
            new Vector(declare(8, "rx")),
            new Vector(new String[] {declare("rx_strobe")})));
    out.write("$upscope $end\n");
  }

  private String[] declare(int width, String name) throws IOException {
    String[] ids = new String[width];
    for (int bit = width - 1; bit >= 0; bit--) {
      ids[bit] = declare(name + "[" + bit + "]");
    }
    return ids;
  }

  private String declare(String name) throws IOException {
    StringBuilder id = new StringBuilder();
    for (int left = nextId++; id.isEmpty() || left > 0; left /= IDS) {
      id.append((char) (FIRST_ID + left % IDS));
    }
    out.write("$var wire 1 " + id + " " + name + " $end\n");
    return id.toString();
  }

  private void dumpAll(Levels levels) throws IOException {
    at(0);
    out.write("$dumpvars\n");
    for (Vector port : ports) {
      vector(port);
    }
    for (Map.Entry<Pin, List<Bit>> entry : bits.entrySet()) {
      for (Bit bit : entry.getValue()) {
        scalar(bit.id, levels.level(entry.getKey()) != bit.inverted);
      }
    }
    for (Line line : lines.values()) {
      vector(line.tx);
      vector(line.txStrobe);
      vector(line.rx);
      vector(line.rxStrobe);
    }
    out.write("$end\n");
  }

  private void transfer(long cycle, Vector data, Vector strobe, int value) throws IOException {
    at(cycle);
    change(data, value & 0xFF);
    change(strobe, strobe.value ^ 1);
  }

  /** Times never go back: an event that is told of a few cycles late has the time of the last. */
  private void at(long cycle) throws IOException {
    long nanos = time.nanos(cycle);
    if (nanos > lastNanos) {
      lastNanos = nanos;
      out.write("#" + nanos + "\n");
    }
  }

  private void vector(Vector vector) throws IOException {
    for (int bit = 0; bit < vector.ids.length; bit++) {
      scalar(vector.ids[bit], (vector.value >> bit & 1) != 0);
    }
  }

  private void change(Vector vector, int value) throws IOException {
    int changed = vector.value ^ value;
    vector.value = value;
    for (int bit = 0; bit < vector.ids.length; bit++) {
      if ((changed >> bit & 1) != 0) {
        scalar(vector.ids[bit], (value >> bit & 1) != 0);
      }
    }
  }

  private void scalar(String id, boolean value) throws IOException {
    out.write((value ? "1" : "0") + id + "\n");
  }
}
