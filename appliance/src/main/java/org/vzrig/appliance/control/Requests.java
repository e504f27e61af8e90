package org.vzrig.appliance.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.daemon.Daemon;
import org.vzrig.appliance.daemon.Events;
import org.vzrig.appliance.daemon.Hub;
import org.vzrig.appliance.daemon.Json;
import org.vzrig.appliance.daemon.MachineHost;
import org.vzrig.appliance.daemon.PoweredMachine;
import org.vzrig.appliance.daemon.StatusReport;
import org.vzrig.hil.bridge.RouteStatus;
import org.vzrig.hil.bridge.SerialBridge;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What clients may ask for, by name. */
final class Requests {
  private static final int MOST_GUESTS = 9;
  private static final int LONGEST_PRESS_MS = 3_600_000;
  private static final int USUAL_PRESS_MS = 100;
  private static final Set<String> TOPICS =
      Set.of(Events.MACHINE, Events.GUEST, Events.LED, Events.LOG);

  private final Daemon daemon;
  private final Map<String, Handler> handlers = new TreeMap<>();

  /** Does what was asked for and answers. */
  interface Handler {
    /** The answer to {@code request} of {@code client}. */
    ObjectNode handle(Request request, ClientSession client)
        throws BadRequest, CommandFailure, IOException;
  }

  private interface MachineAct {
    void act() throws BadRequest, CommandFailure, IOException;
  }

  private interface GuestAct {
    void act(PoweredMachine machine, int guest) throws CommandFailure;
  }

  /** Requests to {@code daemon}. */
  Requests(Daemon daemon) {
    this.daemon = daemon;
    MachineHost host = daemon.host();
    handlers.put("status", (request, client) -> daemon.status());
    add("start", host::start, daemon.guests()::start);
    add("stop", host::stop, daemon.guests()::stop);
    add("restart", host::restart, daemon.guests()::restart);
    add("pause", host::pause, daemon.guests()::pause);
    handlers.put("reset", (request, client) -> done(host::reset));
    handlers.put("reload", (request, client) -> done(daemon::reload));
    handlers.put("press", (request, client) -> press(request));
    handlers.put("release", (request, client) -> release(request));
    handlers.put("leds", (request, client) -> leds());
    handlers.put("load", (request, client) -> load(request));
    handlers.put("snapshot", (request, client) -> done(() -> host.snapshot(file(request))));
    handlers.put("restore", (request, client) -> done(() -> host.restore(file(request))));
    handlers.put("uart", (request, client) -> uart(request));
    handlers.put("watch", (request, client) -> watch(request, client));
    handlers.put("console", this::console);
    handlers.put("type", this::type);
    handlers.put("log", (request, client) -> log(request, client));
  }

  /** Answers {@code request}. */
  ObjectNode handle(Request request, ClientSession client)
      throws BadRequest, CommandFailure, IOException {
    Handler handler = handlers.get(request.command());
    if (handler == null) {
      throw new BadRequest(
          "no command '%s'; there are %s".formatted(request.command(), handlers.keySet()));
    }
    return handler.handle(request, client);
  }

  /** A command about the machine, or about a guest when the request names one. */
  private void add(String command, MachineAct machine, GuestAct guest) {
    handlers.put(
        command,
        (request, client) -> {
          OptionalInt id = request.optionalNumber("guest", 0, MOST_GUESTS);
          if (id.isPresent()) {
            guest.act(daemon.host().running(), id.getAsInt());
          } else {
            machine.act();
          }
          return state();
        });
  }

  private ObjectNode done(MachineAct act) throws BadRequest, CommandFailure, IOException {
    act.act();
    return state();
  }

  private ObjectNode state() {
    return Json.object().put("state", daemon.host().state().text());
  }

  private ObjectNode press(Request request) throws BadRequest, CommandFailure, IOException {
    int millis = request.optionalNumber("ms", 1, LONGEST_PRESS_MS).orElse(USUAL_PRESS_MS);
    Duration length = request.flag("hold") ? null : Duration.ofMillis(millis);
    daemon.buttons().press(request.text("button"), length);
    return Json.object();
  }

  private ObjectNode release(Request request) throws BadRequest, CommandFailure, IOException {
    daemon.buttons().release(request.text("button"));
    return Json.object();
  }

  private ObjectNode leds() {
    ObjectNode leds = Json.object();
    daemon.hub().lights().forEach(leds::put);
    return Json.object().set("leds", leds);
  }

  private ObjectNode load(Request request) throws BadRequest, CommandFailure, IOException {
    daemon.load(
        Path.of(request.text("file")),
        request.optionalText("entry"),
        request.optionalText("at"),
        request.optionalText("loader").map(Path::of));
    return state();
  }

  private static Path file(Request request) throws BadRequest {
    return Path.of(request.text("file"));
  }

  private ObjectNode uart(Request request) throws BadRequest, CommandFailure, IOException {
    int uart = request.number("uart", 1, SerialBridge.UARTS);
    switch (request.text("op")) {
      case "add" -> daemon.routes().add(uart, request.text("route"));
      case "remove" -> daemon.routes().remove(uart, request.text("route"));
      case "list" -> {}
      default -> throw new BadRequest("'op': expected add, remove or list");
    }
    List<RouteStatus> routes =
        daemon.routes().routes().stream().filter(route -> route.uart() == uart).toList();
    return Json.object().set("routes", StatusReport.routes(routes));
  }

  private ObjectNode watch(Request request, ClientSession client) throws BadRequest {
    JsonNode wanted = request.json().path("events");
    for (JsonNode topic : wanted) {
      if (!TOPICS.contains(topic.asString())) {
        throw new BadRequest("no events '%s'; there are %s".formatted(topic.asString(), TOPICS));
      }
    }
    TOPICS.forEach(client::unwatch);
    wanted.forEach(topic -> client.watch(topic.asString()));
    return Json.object();
  }

  private ObjectNode console(Request request, ClientSession client)
      throws BadRequest, CommandFailure {
    String view = request.optionalText("view").orElse(Hub.CONSOLE);
    checkView(view);
    String topic = Events.CONSOLE + view;
    ObjectNode answer = Json.object().put("view", view);
    if (request.flag("close")) {
      client.unwatch(topic);
      daemon.input().release(client);
      return answer;
    }
    answer.put("history", daemon.hub().recent(view, () -> client.watch(topic)));
    if (request.flag("write")) {
      answer.put("writer", daemon.input().claim(client, client.name()));
    }
    return answer.put("held", daemon.input().writer().orElse(null));
  }

  /** Who prints what is known where the hypervisor in Java runs the guests. */
  private void checkView(String view) throws CommandFailure {
    boolean guests = view.equals(Hub.ROOT) || view.startsWith("guest ");
    boolean image = daemon.host().machine().map(on -> on.target().rig().isEmpty()).orElse(false);
    if (guests && image) {
      throw new CommandFailure(
          ExitCode.REFUSED,
          "no view '%s': the machine runs a firmware image, which alone knows who prints what"
              .formatted(view));
    }
  }

  private ObjectNode type(Request request, ClientSession client) throws BadRequest, CommandFailure {
    OptionalInt guest = request.optionalNumber("guest", 0, MOST_GUESTS);
    Optional<String> other = daemon.input().writer();
    boolean mine = daemon.input().claim(client, client.name());
    if (!mine) {
      throw new CommandFailure(
          ExitCode.REFUSED, "the console is written by " + other.orElse("others"));
    }
    try {
      daemon.type(request.text("text"), guest.orElse(-1));
    } finally {
      if (other.isEmpty()) {
        daemon.input().release(client);
      }
    }
    return Json.object();
  }

  private ObjectNode log(Request request, ClientSession client) throws BadRequest {
    int lines = request.optionalNumber("lines", 0, 10_000).orElse(100);
    if (request.flag("watch")) {
      client.watch(Events.LOG);
    }
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray("lines");
    daemon.log().recent(lines).forEach(list::add);
    return answer;
  }
}
