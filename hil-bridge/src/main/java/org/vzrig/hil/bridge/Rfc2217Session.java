package org.vzrig.hil.bridge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.vzrig.hil.bridge.RouteSpec.Reset;

/**
 * Telnet (RFC 854, 855, 856) with the COM port option (RFC 2217), as the access server. The UART's
 * own registers decide its speed and format: a client's speed is accepted and remembered, other
 * formats than 8N1 are answered with 8N1.
 */
final class Rfc2217Session implements Session {
  private static final int SE = 240;
  private static final int BRK = 243;
  private static final int SB = 250;
  private static final int WILL = 251;
  private static final int WONT = 252;
  private static final int DO = 253;
  private static final int DONT = 254;
  private static final int IAC = 255;

  private static final int BINARY = 0;
  private static final int ECHO = 1;
  private static final int SUPPRESS_GO_AHEAD = 3;
  private static final int COM_PORT = 44;

  private static final int FROM_SERVER = 100;
  private static final int NOTIFY_MODEMSTATE = 7;
  private static final int LONGEST_OPTION = 64;

  /** CTS, DSR and carrier detect are on, as on a port whose other end is a board. */
  private static final byte MODEM_STATE = (byte) 0xB0;

  private static final int NO_FLOW_CONTROL = 1;
  private static final int NO_INBOUND_FLOW_CONTROL = 14;

  private enum In {
    DATA,
    CR,
    COMMAND,
    OPTION,
    SUB,
    SUB_COMMAND
  }

  private final Client client;
  private final Route route;
  private final Reset reset;
  private final Set<Integer> ours = new HashSet<>();
  private final Set<Integer> theirs = new HashSet<>();
  private final ByteArrayOutputStream option = new ByteArrayOutputStream();
  private In in = In.DATA;
  private int command;
  private int baud;
  private boolean dtr;
  private boolean rts;
  private boolean breaking;
  private boolean suspended;
  private boolean linesTold;

  Rfc2217Session(Client client, Route route, Reset reset) {
    this.client = client;
    this.route = route;
    this.reset = reset;
    offer(WILL, ECHO, ours);
    offer(WILL, SUPPRESS_GO_AHEAD, ours);
    offer(WILL, BINARY, ours);
    offer(DO, SUPPRESS_GO_AHEAD, theirs);
    offer(DO, BINARY, theirs);
    offer(DO, COM_PORT, theirs);
  }

  private void offer(int verb, int number, Set<Integer> side) {
    side.add(number);
    say(verb, number);
  }

  private void say(int verb, int number) {
    client.control(new byte[] {(byte) IAC, (byte) verb, (byte) number});
  }

  @Override
  public boolean suspended() {
    return suspended;
  }

  @Override
  public void encode(byte[] bytes, int length, ByteArrayOutputStream out) {
    for (int i = 0; i < length; i++) {
      out.write(bytes[i]);
      if (bytes[i] == (byte) IAC) {
        out.write(IAC);
      }
    }
  }

  @Override
  public void received(int value) {
    switch (in) {
      case DATA, CR -> data(value);
      case COMMAND -> command(value);
      case OPTION -> {
        negotiate(command, value);
        in = In.DATA;
      }
      case SUB -> {
        if (value == IAC) {
          in = In.SUB_COMMAND;
        } else {
          collect(value);
        }
      }
      case SUB_COMMAND -> {
        if (value == SE) {
          in = In.DATA;
          comPort(option.toByteArray());
        } else {
          collect(value); // a doubled IAC
          in = In.SUB;
        }
      }
    }
  }

  /** Without the binary option a carriage return is followed by a zero, which is no data. */
  private void data(int value) {
    boolean padding = in == In.CR && value == 0;
    in = value == IAC ? In.COMMAND : In.DATA;
    if (value == '\r' && !theirs.contains(BINARY)) {
      in = In.CR;
    }
    if (value != IAC && !padding) {
      client.input(value);
    }
  }

  private void command(int value) {
    in = In.DATA;
    switch (value) {
      case IAC -> client.input(IAC);
      case BRK -> client.input(Route.BREAK);
      case SB -> {
        option.reset();
        in = In.SUB;
      }
      case WILL, WONT, DO, DONT -> {
        command = value;
        in = In.OPTION;
      }
      default -> {}
    }
  }

  private void negotiate(int verb, int number) {
    boolean known = number == BINARY || number == SUPPRESS_GO_AHEAD || number == COM_PORT;
    switch (verb) {
      case DO -> answer(known || number == ECHO, ours, number, WILL, WONT);
      case WILL -> answer(known, theirs, number, DO, DONT);
      case DONT -> refused(ours, number, WONT);
      default -> refused(theirs, number, DONT);
    }
    if (verb == WILL && number == COM_PORT) {
      tellLines();
    }
  }

  /**
   * Clients take lines of which they have heard nothing for broken. pyserial does not say WILL
   * where our DO came first; then its first command is the occasion.
   */
  private void tellLines() {
    if (!linesTold) {
      linesTold = true;
      modemState();
    }
  }

  private void answer(boolean known, Set<Integer> side, int number, int yes, int no) {
    if (!known) {
      say(no, number);
    } else if (side.add(number)) {
      say(yes, number);
    }
  }

  private void refused(Set<Integer> side, int number, int no) {
    if (side.remove(number)) {
      say(no, number);
    }
  }

  private void collect(int value) {
    if (option.size() < LONGEST_OPTION) {
      option.write(value);
    }
  }

  // The COM port option

  private void comPort(byte[] bytes) {
    if (bytes.length < 2 || bytes[0] != COM_PORT) {
      return;
    }
    tellLines();
    int value = bytes.length > 2 ? bytes[2] & 0xFF : 0;
    switch (bytes[1]) {
      case 0 -> reply(0, "vzrig".getBytes(StandardCharsets.US_ASCII));
      case 1 -> speed(bytes);
      case 2 -> reply(2, (byte) 8);
      case 3, 4 -> reply(bytes[1], (byte) 1);
      case 5 -> reply(5, (byte) control(value));
      case NOTIFY_MODEMSTATE -> modemState();
      case 8 -> suspended = true;
      case 9 -> suspended = false;
      case 10 -> reply(10, (byte) value);
      case 11 -> {
        reply(11, (byte) value);
        modemState();
      }
      case 12 -> purge(value);
      default -> {}
    }
  }

  private void reply(int number, byte... value) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) IAC, (byte) SB, COM_PORT, (byte) (number + FROM_SERVER)});
    encode(value, value.length, out);
    out.writeBytes(new byte[] {(byte) IAC, (byte) SE});
    client.control(out.toByteArray());
  }

  private void modemState() {
    reply(NOTIFY_MODEMSTATE, MODEM_STATE);
  }

  private void speed(byte[] bytes) {
    int asked = bytes.length < 6 ? 0 : ByteBuffer.wrap(bytes).getInt(2);
    if (asked > 0) {
      baud = asked;
    }
    reply(1, ByteBuffer.allocate(4).putInt(baud > 0 ? baud : route.baud()).array());
  }

  /** Returns the setting that holds now. */
  private int control(int value) {
    return switch (value) {
      case 4 -> breaking ? 5 : 6;
      case 5 -> {
        breaking = true;
        client.input(Route.BREAK);
        yield 5;
      }
      case 6 -> {
        breaking = false;
        yield 6;
      }
      case 7 -> dtr ? 8 : 9;
      case 8, 9 -> dtr(value == 8);
      case 10 -> rts ? 11 : 12;
      case 11, 12 -> rts(value == 11);
      case 13, 14, 15, 16, 17, 18, 19 -> NO_INBOUND_FLOW_CONTROL;
      default -> NO_FLOW_CONTROL;
    };
  }

  /** The board's reset is pulled for a moment when the line goes from released to asserted. */
  private int dtr(boolean on) {
    if (on && !dtr && reset == Reset.DTR) {
      route.reset("DTR from " + client.name());
    }
    dtr = on;
    return on ? 8 : 9;
  }

  private int rts(boolean on) {
    if (on && !rts && reset == Reset.RTS) {
      route.reset("RTS from " + client.name());
    }
    rts = on;
    return on ? 11 : 12;
  }

  private void purge(int which) {
    if ((which & 1) != 0) {
      client.discardOutput();
    }
    if ((which & 2) != 0) {
      route.discardInput();
    }
    reply(12, (byte) which);
  }
}
