package org.vzrig.appliance.control;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.daemon.Json;
import org.vzrig.appliance.run.Spans;
import org.vzrig.appliance.run.Texts;
import org.vzrig.hil.bridge.RouteSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks with a daemon. */
@Command(
    name = "ctl",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Speak with a daemon: look at a rig, switch it, type, press, load.")
public final class CtlCommand implements Runnable {
  private static final String GUEST = "A guest's number. Without it: the machine.";

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin CtlOptions options = new CtlOptions();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command");
  }

  @Command(mixinStandardHelpOptions = true, header = "Show machine, guests, losses and routes.")
  int status() throws CommandFailure, IOException {
    return answer(request("status"), StatusText::of);
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Switch on, or let time pass again; a guest goes on, or begins anew if stopped.")
  int start(
      @Parameters(arity = "0..1", paramLabel = "GUEST", description = GUEST)
          @Nullable Integer guest)
      throws CommandFailure, IOException {
    return power("start", guest);
  }

  @Command(mixinStandardHelpOptions = true, header = "Switch the machine off, or stop a guest.")
  int stop(
      @Parameters(arity = "0..1", paramLabel = "GUEST", description = GUEST)
          @Nullable Integer guest)
      throws CommandFailure, IOException {
    return power("stop", guest);
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Switch the machine off and on, or let a guest begin anew.")
  int restart(
      @Parameters(arity = "0..1", paramLabel = "GUEST", description = GUEST)
          @Nullable Integer guest)
      throws CommandFailure, IOException {
    return power("restart", guest);
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Make virtual time stand still, or a guest; start lets it go on.")
  int pause(
      @Parameters(arity = "0..1", paramLabel = "GUEST", description = GUEST)
          @Nullable Integer guest)
      throws CommandFailure, IOException {
    return power("pause", guest);
  }

  private int power(String command, @Nullable Integer guest) throws CommandFailure, IOException {
    ObjectNode request = request(command);
    if (guest != null) {
      request.put("guest", guest);
    }
    return answer(request, result -> "");
  }

  @Command(mixinStandardHelpOptions = true, header = "Press the board's reset button.")
  int reset() throws CommandFailure, IOException {
    return answer(request("reset"), result -> "");
  }

  @Command(mixinStandardHelpOptions = true, header = "Let the daemon read its settings again.")
  int reload() throws CommandFailure, IOException {
    return answer(request("reload"), result -> "");
  }

  @Command(mixinStandardHelpOptions = true, header = "Press a button of the board.")
  int press(
      @Parameters(paramLabel = "BUTTON", description = "Its name, such as BTN1.") String button,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              description = "How long, in virtual time. Default: 100ms.")
          @Nullable String time,
      @Option(names = "--hold", description = "Until vzrig ctl release.") boolean hold)
      throws CommandFailure, IOException {
    ObjectNode request = request("press").put("button", button).put("hold", hold);
    if (time != null) {
      request.put("ms", (int) Math.max(1, Math.min(parsed(time), Integer.MAX_VALUE)));
    }
    return answer(request, result -> "");
  }

  private long parsed(String time) {
    try {
      return Spans.parse(time).toMillis();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--for: " + e.getMessage());
    }
  }

  @Command(mixinStandardHelpOptions = true, header = "Let go of a button that is held.")
  int release(@Parameters(paramLabel = "BUTTON", description = "Its name.") String button)
      throws CommandFailure, IOException {
    return answer(request("release").put("button", button), result -> "");
  }

  @Command(mixinStandardHelpOptions = true, header = "Show the lights of the board.")
  int leds(
      @Option(names = "--watch", description = "And every change, until Ctrl-C.") boolean watch)
      throws CommandFailure, IOException {
    try (ControlConnection daemon = connect()) {
      if (watch) {
        daemon.call(watch("led"));
      }
      show(daemon.call(request("leds")), CtlText::leds);
      return watch ? follow(daemon, CtlText::led) : 0;
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Run another configuration or image from now on.")
  int load(
      @Parameters(paramLabel = "FILE", description = "Read by the daemon.") Path file,
      @Option(names = "--entry", paramLabel = "ADDR|SYMBOL", description = "As of vzrig run.")
          @Nullable String entry,
      @Option(names = "--at", paramLabel = "ADDR", description = "As of vzrig run.")
          @Nullable String at,
      @Option(names = "--loader", paramLabel = "FILE", description = "As of vzrig run.")
          @Nullable Path loader)
      throws CommandFailure, IOException {
    ObjectNode request = request("load").put("file", file.toAbsolutePath().toString());
    request.put("entry", entry).put("at", at);
    request.put("loader", loader == null ? null : loader.toAbsolutePath().toString());
    return answer(request, result -> "");
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Show a console; on a terminal, type on it. Ctrl-] leaves.",
      description = "Many may look; the first one types, unless it says --read-only.")
  int console(
      @Parameters(
              arity = "0..1",
              paramLabel = "VIEW",
              description =
                  "A guest's number: what it alone prints, and typing goes to it (0: the"
                      + " hypervisor). Or uart1 to uart6, or real. Default: the whole console.")
          @Nullable String view,
      @Option(names = "--read-only", description = "Only look.") boolean readOnly)
      throws CommandFailure, IOException {
    try (ControlConnection daemon = connect()) {
      return new CtlConsole(daemon, view, readOnly, options.json).run();
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Type a text on the console.",
      description = "^^E is Ctrl-E; \\r \\n \\t \\e \\0 \\\\ \\^^ \\xNN.")
  int type(
      @Parameters(paramLabel = "TEXT", description = "What to type.") String text,
      @Option(
              names = "--guest",
              paramLabel = "GUEST",
              description = "To this guest; 0: hypervisor.")
          @Nullable Integer guest)
      throws CommandFailure, IOException {
    ObjectNode request = request("type");
    try {
      request.put("text", Texts.parse(text));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
    if (guest != null) {
      request.put("guest", guest);
    }
    return answer(request, result -> "");
  }

  @Command(mixinStandardHelpOptions = true, header = "Show the daemon's messages.")
  int log(
      @Option(
              names = {"-n", "--lines"},
              paramLabel = "N",
              description = "How many. Default: 100.")
          @Nullable Integer lines,
      @Option(
              names = {"-f", "--follow"},
              description = "And new ones, until Ctrl-C.")
          boolean follow)
      throws CommandFailure, IOException {
    try (ControlConnection daemon = connect()) {
      ObjectNode request = request("log").put("watch", follow);
      if (lines != null) {
        request.put("lines", lines);
      }
      show(daemon.call(request), CtlText::log);
      return follow ? follow(daemon, CtlText::message) : 0;
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Show what happens to machine, guests and lights, until Ctrl-C.")
  int events() throws CommandFailure, IOException {
    try (ControlConnection daemon = connect()) {
      daemon.call(watch("machine", "guest", "led", "log"));
      return follow(daemon, JsonNode::toString);
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Write the machine's complete state to a file.")
  int snapshot(@Parameters(paramLabel = "FILE", description = "Written by the daemon.") Path file)
      throws CommandFailure, IOException {
    return answer(request("snapshot").put("file", absolute(file)), result -> "");
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Go on with the state of a snapshot of what the machine runs.")
  int restore(@Parameters(paramLabel = "FILE", description = "Read by the daemon.") Path file)
      throws CommandFailure, IOException {
    return answer(request("restore").put("file", absolute(file)), result -> "");
  }

  private static String absolute(Path file) {
    return file.toAbsolutePath().toString();
  }

  @Command(
      mixinStandardHelpOptions = true,
      header = "Show, add or remove the routes of a UART.",
      description = RouteSpec.FORMS)
  int uart(
      @Parameters(paramLabel = "N", description = "1 to 6.") int uart,
      @Parameters(arity = "0..1", paramLabel = "OP", description = "list (default), add, remove.")
          @Nullable String operation,
      @Parameters(arity = "0..1", paramLabel = "ROUTE", description = "The route, or its number.")
          @Nullable String route)
      throws CommandFailure, IOException {
    ObjectNode request = request("uart").put("uart", uart);
    request.put("op", operation == null ? "list" : operation).put("route", route);
    return answer(request, CtlText::routes);
  }

  // --- talking

  /** Makes people's text of an answer or event. */
  interface Text {
    /** The text of {@code json}, without its last line feed; an empty one is not printed. */
    String of(ObjectNode json);
  }

  static ObjectNode request(String command) {
    return Json.object().put("cmd", command);
  }

  private static ObjectNode watch(String... topics) {
    ObjectNode request = request("watch");
    var list = request.putArray("events");
    for (String topic : topics) {
      list.add(topic);
    }
    return request;
  }

  ControlConnection connect() throws CommandFailure {
    return ControlConnection.open(options.socket());
  }

  private int answer(ObjectNode request, Text text) throws CommandFailure, IOException {
    try (ControlConnection daemon = connect()) {
      show(daemon.call(request), text);
      return 0;
    }
  }

  private void show(ObjectNode result, Text text) {
    print(options.json ? Json.pretty(result) : text.of(result));
  }

  private int follow(ControlConnection daemon, Text text) throws IOException {
    while (true) {
      ObjectNode event = daemon.next();
      print(options.json ? event.toString() : text.of(event));
    }
  }

  private void print(String text) {
    if (!text.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(text);
      out.flush();
    }
  }
}
