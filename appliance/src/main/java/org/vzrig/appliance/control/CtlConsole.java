package org.vzrig.appliance.control;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.daemon.Hub;
import org.vzrig.appliance.term.Terminal;
import tools.jackson.databind.node.ObjectNode;

/** {@code vzrig ctl console}: one view of the console on this terminal, or on pipes. */
final class CtlConsole {
  private final ControlConnection daemon;
  private final String view;
  private final int guest;
  private final boolean readOnly;
  private final boolean json;
  private volatile boolean left;

  /**
   * A console.
   *
   * @param view a guest's number or the name of a view; null for the whole console
   */
  CtlConsole(ControlConnection daemon, @Nullable String view, boolean readOnly, boolean json)
      throws CommandFailure {
    this.daemon = daemon;
    guest = view != null && view.matches("[0-7]") ? Integer.parseInt(view) : -1;
    this.view = guest >= 0 ? Hub.guest(guest) : named(view);
    this.readOnly = readOnly || this.view.startsWith("uart");
    this.json = json;
  }

  private static String named(@Nullable String view) throws CommandFailure {
    if (view == null || view.equals(Hub.CONSOLE)) {
      return Hub.CONSOLE;
    }
    if (view.equals(Hub.ROOT) || view.equals(Hub.REAL)) {
      return view;
    }
    if (view.matches("uart[1-6]")) {
      return view.replace("uart", "uart ");
    }
    throw new CommandFailure(
        ExitCode.USAGE,
        "expected a guest's number, console, root, uart1 to uart6 or real, found '" + view + "'");
  }

  /** Shows the console until Ctrl-], or the end of the daemon. */
  int run() throws IOException, CommandFailure {
    ObjectNode request = CtlCommand.request("console").put("view", view).put("write", !readOnly);
    ObjectNode opened = daemon.call(request);
    boolean writes = !readOnly && opened.path("writer").asBoolean(false);
    if (Terminal.present() && !json) {
      onTerminal(opened, writes);
    } else {
      onPipes(opened, writes);
    }
    return 0;
  }

  private void onTerminal(ObjectNode opened, boolean writes) throws IOException {
    try (Terminal terminal = Terminal.open()) {
      terminal.write(
          "[" + view + (writes ? "" : ", read-only" + held(opened)) + "; Ctrl-] leaves]\n");
      byte[] history = bytes(opened.path("history").asString(""));
      terminal.write(history, history.length);
      terminal.readKeys(key -> key(key, writes), this::leave);
      follow(text -> terminal.write(text, text.length));
      terminal.write("\n");
    }
  }

  private static String held(ObjectNode opened) {
    String who = opened.path("held").asString("");
    return who.isEmpty() ? "" : ": " + who + " types";
  }

  private void key(int key, boolean writes) {
    if (key == Terminal.LEAVE) {
      leave();
    } else if (writes) {
      type(String.valueOf((char) key));
    }
  }

  private void type(String text) {
    ObjectNode request = CtlCommand.request("type").put("text", text);
    if (guest >= 0) {
      request.put("guest", guest);
    }
    try {
      daemon.send(request);
    } catch (IOException e) {
      leave();
    }
  }

  private void leave() {
    left = true;
    daemon.close();
  }

  private void onPipes(ObjectNode opened, boolean writes) throws IOException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    if (!json) {
      out.write(bytes(opened.path("history").asString("")));
    }
    if (writes) {
      Thread.ofPlatform().daemon().name("input").start(this::copyInput);
    }
    follow(
        text -> {
          out.write(text);
          out.flush();
        });
  }

  /** What comes on standard input is typed; its end leaves the console open. */
  private void copyInput() {
    byte[] buffer = new byte[1024];
    try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        type(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      leave();
    }
  }

  private interface Sink {
    void write(byte[] text) throws IOException;
  }

  private void follow(Sink sink) throws IOException {
    try {
      while (true) {
        ObjectNode line = daemon.next();
        if (json) {
          sink.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } else if (line.path("event").asString("").equals("missed")) {
          sink.write(bytes("\n" + CtlText.missed(line) + "\n"));
        } else if (line.has("text")) {
          sink.write(bytes(line.path("text").asString()));
        }
      }
    } catch (IOException e) {
      if (!left) {
        throw e;
      }
    }
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }
}
