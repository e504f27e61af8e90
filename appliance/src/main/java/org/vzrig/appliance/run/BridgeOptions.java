package org.vzrig.appliance.run;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.hil.bridge.RouteSpec;
import org.vzrig.hil.bridge.RouteStatus;
import org.vzrig.hil.bridge.SerialBridge;
import picocli.CommandLine.Option;

/** Options that say where the serial lines of the board go. */
public final class BridgeOptions {
  private record Wish(int uart, String text) {}

  private record Attachment(int uart, RouteSpec spec) {}

  private final List<Wish> wishes = new ArrayList<>();

  @Option(
      names = "--uart4",
      order = -6,
      paramLabel = "WHERE",
      description = {
        "Connect UART4 to stdio, pty[:LINK], tcp:PORT, rfc2217:PORT, serial:DEVICE[@BAUD] or"
            + " log:FILE; repeatable, all at once. --uart1 to --uart6 likewise. LINK is a symbolic"
            + " link to the pty. Ports are of this computer alone unless tcp:HOST:PORT says"
            + " otherwise. serial: follows the speed of the UART without @BAUD. Without stdio the"
            + " console of the board stays here too.",
        "What resets the board: DTR from an rfc2217: client (,reset=dtr|rts|none); a pty set to"
            + " 1200 baud, or opened (,reset=1200|open|none)."
      })
  void uart4(List<String> texts) {
    add(4, texts);
  }

  @Option(names = "--uart1", paramLabel = "WHERE", hidden = true, description = "As --uart4.")
  void uart1(List<String> texts) {
    add(1, texts);
  }

  @Option(names = "--uart2", paramLabel = "WHERE", hidden = true, description = "As --uart4.")
  void uart2(List<String> texts) {
    add(2, texts);
  }

  @Option(names = "--uart3", paramLabel = "WHERE", hidden = true, description = "As --uart4.")
  void uart3(List<String> texts) {
    add(3, texts);
  }

  @Option(names = "--uart5", paramLabel = "WHERE", hidden = true, description = "As --uart4.")
  void uart5(List<String> texts) {
    add(5, texts);
  }

  @Option(names = "--uart6", paramLabel = "WHERE", hidden = true, description = "As --uart4.")
  void uart6(List<String> texts) {
    add(6, texts);
  }

  /** picocli hands over all texts of the option so far, after each, and none to begin with. */
  private void add(int uart, List<String> texts) {
    if (!texts.isEmpty()) {
      wishes.add(new Wish(uart, texts.getLast()));
    }
  }

  /** Whether any UART goes anywhere. */
  boolean given() {
    return !wishes.isEmpty();
  }

  /** Whether UART {@code uart} goes anywhere. */
  public boolean used(int uart) {
    return wishes.stream().anyMatch(wish -> wish.uart == uart);
  }

  /** The UART that stdio is for: {@code console} unless another was named. */
  int shown(int console) {
    return wishes.stream()
        .filter(wish -> wish.text.equals("stdio"))
        .mapToInt(Wish::uart)
        .findFirst()
        .orElse(console);
  }

  /** Whether stdio was asked for, and not only is what remains. */
  boolean stdio() {
    return wishes.stream().anyMatch(wish -> wish.text.equals("stdio"));
  }

  /**
   * A bridge with the routes that were asked for, told on {@code err}.
   *
   * @throws CommandFailure with all that is wrong
   */
  public SerialBridge open(PrintStream err) throws CommandFailure {
    List<Attachment> attachments = parse();
    SerialBridge bridge = new SerialBridge();
    List<String> wrong = new ArrayList<>();
    for (Attachment attachment : attachments) {
      try {
        RouteStatus route = bridge.uart(attachment.uart).attach(attachment.spec);
        err.printf("vzrig: uart%d is at %s%n", route.uart(), place(route));
      } catch (IOException e) {
        wrong.add("--uart%d: %s".formatted(attachment.uart, e.getMessage()));
      }
    }
    if (!wrong.isEmpty()) {
      bridge.close();
      throw new CommandFailure(ExitCode.HOST_IO, wrong);
    }
    return bridge;
  }

  private static String place(RouteStatus route) {
    return route.spec().endsWith(route.where())
        ? route.spec()
        : route.spec() + " (" + route.where() + ")";
  }

  private List<Attachment> parse() throws CommandFailure {
    List<Attachment> attachments = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    int terminals = 0;
    for (Wish wish : wishes) {
      try {
        RouteSpec spec = RouteSpec.parse(wish.text);
        if (!(spec instanceof RouteSpec.Stdio)) {
          attachments.add(new Attachment(wish.uart, spec));
        } else if (++terminals == 2) {
          wrong.add("--uart%d stdio: expected stdio once".formatted(wish.uart));
        }
      } catch (IllegalArgumentException e) {
        wrong.add("--uart%d: %s".formatted(wish.uart, e.getMessage()));
      }
    }
    if (!wrong.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, wrong);
    }
    return attachments;
  }

  /** Tells on {@code err} what went through the routes. */
  static void summary(SerialBridge bridge, PrintStream err) {
    bridge.routes().forEach(route -> err.println("vzrig: " + route.line()));
  }
}
