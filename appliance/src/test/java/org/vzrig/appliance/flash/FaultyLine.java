package org.vzrig.appliance.flash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.vzrig.appliance.run.LiveBoard;
import org.vzrig.hil.serial.Pty;

/**
 * A serial cable between a programmer, which opens a pty, and a board: it knows STK500v2's frames
 * and damages one of them.
 */
final class FaultyLine implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final long LATE_NANOS = 1_500_000_000;
  private static final int TOUCH = 1200;
  private static final int HEADER = 5;
  private static final int FIRST_PROGRAM_TO_SPARE = 2;

  private final LiveBoard board;
  private final Trouble trouble;
  private final int command;
  private final Pty pty = Pty.open();
  private final Socket socket;
  private int seen;
  private volatile boolean struck;
  private volatile boolean silent;
  private volatile boolean closed;
  private int baud;

  /** Splits a stream into frames; what is no frame passes byte by byte. */
  private static final class Frames {
    private final Consumer<byte[]> sink;
    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

    Frames(Consumer<byte[]> sink) {
      this.sink = sink;
    }

    void add(int value) {
      frame.write(value);
      byte[] bytes = frame.toByteArray();
      boolean whole =
          bytes[0] != 0x1B
              || bytes.length > HEADER
                  && bytes.length == HEADER + 1 + ((bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF);
      if (whole) {
        frame.reset();
        sink.accept(bytes);
      }
    }
  }

  /** A cable to {@code board} that has {@code trouble} with STK500v2's {@code command}. */
  FaultyLine(LiveBoard board, Trouble trouble, int command) throws IOException {
    this.board = board;
    this.trouble = trouble;
    this.command = command;
    socket = new Socket(InetAddress.getLoopbackAddress(), board.port());
    Thread.ofPlatform().daemon().name("cable to the board").start(this::requests);
    Thread.ofPlatform().daemon().name("cable from the board").start(this::replies);
  }

  /** What the programmer opens. */
  String port() {
    return pty.slaveName();
  }

  /** Whether the trouble has happened. */
  boolean struck() {
    return struck;
  }

  private void requests() {
    Frames frames = new Frames(this::request);
    byte[] buffer = new byte[4096];
    try {
      while (!closed) {
        int count = pty.read(buffer, 0, buffer.length, LOOK);
        lookForTouch();
        for (int i = 0; i < count; i++) {
          frames.add(buffer[i] & 0xFF);
        }
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  private void lookForTouch() throws IOException {
    int now = pty.slaveBaud();
    if (now == TOUCH && baud != TOUCH) {
      silent = false;
      board.reset();
    }
    baud = now;
  }

  private void request(byte[] frame) {
    boolean mine = strikes(frame, true);
    byte[] sent = frame;
    if (mine) {
      switch (trouble) {
        case LOSE_REQUEST_BYTE -> sent = without(frame, frame.length / 2);
        case CORRUPT_REQUEST_BYTE -> frame[frame.length / 2] ^= 0x20;
        case SILENCE -> silent = true;
        case CLOSE_PORT -> {
          close();
          return;
        }
        default -> {}
      }
    }
    if (!silent && trouble != Trouble.DEAD) {
      send(sent);
    }
  }

  private void send(byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      closed = true;
    }
  }

  private void replies() {
    Frames frames = new Frames(this::reply);
    byte[] buffer = new byte[4096];
    try {
      int count = socket.getInputStream().read(buffer);
      while (count >= 0 && !closed) {
        for (int i = 0; i < count; i++) {
          frames.add(buffer[i] & 0xFF);
        }
        count = socket.getInputStream().read(buffer);
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  private void reply(byte[] frame) {
    byte[] sent = frame;
    if (strikes(frame, false)) {
      switch (trouble) {
        case LOSE_REPLY_BYTE -> sent = without(frame, frame.length / 2);
        case CORRUPT_REPLY_BYTE -> frame[frame.length / 2] ^= 0x20;
        case LATE_REPLY -> LockSupport.parkNanos(LATE_NANOS);
        case DUPLICATE_REPLY -> deliver(frame);
        case WRONG_SEQUENCE -> change(frame, 1, frame[1] ^ 0x11);
        case REFUSE -> change(frame, HEADER + 1, 0xC0);
        default -> {}
      }
    }
    deliver(sent);
  }

  /** The second frame of the command: the first PROGRAM has a longer time-out. */
  private boolean strikes(byte[] frame, boolean request) {
    boolean requests =
        switch (trouble) {
          case LOSE_REQUEST_BYTE, CORRUPT_REQUEST_BYTE, SILENCE, CLOSE_PORT -> true;
          default -> false;
        };
    if (request != requests || frame.length <= HEADER || frame[HEADER] != command || struck) {
      return false;
    }
    seen++;
    struck = seen == (command == 0x13 || command == 0x14 ? FIRST_PROGRAM_TO_SPARE : 1);
    return struck;
  }

  private static byte[] without(byte[] frame, int at) {
    byte[] less = new byte[frame.length - 1];
    System.arraycopy(frame, 0, less, 0, at);
    System.arraycopy(frame, at + 1, less, at, less.length - at);
    return less;
  }

  private static void change(byte[] frame, int at, int value) {
    frame[frame.length - 1] ^= (byte) (frame[at] ^ value);
    frame[at] = (byte) value;
  }

  private void deliver(byte[] bytes) {
    try {
      for (int at = 0; at < bytes.length && !closed; ) {
        at += pty.write(bytes, at, bytes.length - at);
      }
    } catch (IOException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    pty.close();
    try {
      socket.close();
    } catch (IOException e) {
      // gone either way
    }
  }
}
