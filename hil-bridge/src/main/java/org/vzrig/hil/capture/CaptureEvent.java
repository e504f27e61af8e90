package org.vzrig.hil.capture;

/**
 * One event of a capture, filled anew by each {@link CaptureSource#read}: readers of long captures
 * make no garbage.
 */
public final class CaptureEvent {
  /** What happened. */
  public enum Kind {
    /** A side begins: {@link CaptureEvent#header}. */
    HEADER,
    /** The chip has sent {@link CaptureEvent#count} bytes. */
    SENT,
    /** Bytes were put on the line to the chip. */
    RECEIVED,
    /** The chip has sent a break. */
    BREAK,
    /** A pin has changed. */
    PIN,
    /** A note. */
    NOTE,
    /** The side was recorded up to here. */
    END
  }

  Kind kind = Kind.END;
  int side;
  long nanos;
  int uart;
  int count;
  long step;
  short[] values = new short[64];
  int pin;
  boolean level;
  CaptureNote note = CaptureNote.REMARK;
  String text = "";
  CaptureHeader header = CaptureHeader.of("");

  /** What happened. */
  public Kind kind() {
    return kind;
  }

  /** Number of the side. */
  public int side() {
    return side;
  }

  /** When, in nanoseconds since the side began; of a run of bytes, the first one's time. */
  public long nanos() {
    return nanos;
  }

  /** When byte {@code i} of a run came. */
  public long nanos(int i) {
    return nanos + step * i;
  }

  /** UART of bytes and breaks. */
  public int uart() {
    return uart;
  }

  /** How many bytes. */
  public int count() {
    return count;
  }

  /** Byte {@code i}, 0 to 255, or a character of 9 bits. */
  public int value(int i) {
    return values[i];
  }

  /** Index of the pin, as {@link org.vzrig.boards.Pin#index}. */
  public int pin() {
    return pin;
  }

  /** Whether the pin is high. */
  public boolean level() {
    return level;
  }

  /** What a note is about. */
  public CaptureNote note() {
    return note;
  }

  /** Text of a note. */
  public String text() {
    return text;
  }

  /** What a side says of itself. */
  public CaptureHeader header() {
    return header;
  }

  /** Makes this a byte that was sent. */
  void byteSent(long at, int line, int value) {
    bytes(Kind.SENT, at, line, value);
  }

  /** Makes this one byte. */
  void bytes(Kind direction, long at, int line, int value) {
    kind = direction;
    nanos = at;
    uart = line;
    count = 1;
    step = 0;
    values[0] = (short) value;
  }

  /** Makes this a change of a pin. */
  void edge(long at, int index, boolean high) {
    kind = Kind.PIN;
    nanos = at;
    pin = index;
    level = high;
  }

  /** Makes this the end. */
  void end(long at) {
    kind = Kind.END;
    nanos = at;
  }

  short[] room(int size) {
    if (values.length < size) {
      values = new short[size];
    }
    return values;
  }
}
