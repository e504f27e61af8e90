package org.vzrig.appliance.daemon;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vzrig.emulator.machine.Pacer;
import org.vzrig.hil.bridge.RouteStatus;
import org.vzrig.hypervisor.rt.ThreadStatus;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code vzrig ctl status} tells. */
public final class StatusReport {
  private final Daemon daemon;
  private final ObjectNode status = Json.object();

  private StatusReport(Daemon daemon) {
    this.daemon = daemon;
  }

  /** The status of now. */
  static ObjectNode of(Daemon daemon) {
    StatusReport report = new StatusReport(daemon);
    report.rig();
    report.machine();
    report.guests();
    report.console();
    report.recordings();
    report.status.set("routes", routes(daemon.routes().routes()));
    report.losses();
    daemon.sections().forEach(section -> section.accept(report.status));
    return report.status;
  }

  private void rig() {
    status.put("rig", daemon.settings().rig().name());
    status.put("board", daemon.settings().rig().board().name());
    status.put("mode", daemon.settings().rig().mode().name().toLowerCase(Locale.ROOT));
    status.put("uptime", seconds(daemon.uptimeNanos()));
  }

  private void machine() {
    MachineHost host = daemon.host();
    ObjectNode machine = status.putObject("machine");
    machine.put("state", host.state().text());
    host.program().ifPresent(program -> machine.put("runs", program.file().toString()));
    machine.put("pace", host.pace().name().toLowerCase(Locale.ROOT));
    host.machine()
        .ifPresent(
            on -> {
              Pacer pacer = on.thread().pacer();
              machine.put("virtual", seconds(on.nanos()));
              machine.put("host", seconds(on.hostNanos()));
              machine.put("ratio", Math.round(daemon.monitor().ratio() * 1000) / 1000.0);
              machine.put("late", pacer.reanchored());
              machine.put("skipped", seconds(pacer.skippedNanos()));
            });
  }

  private void guests() {
    ArrayNode list = status.putArray("guests");
    for (ThreadStatus guest : daemon.guests().last()) {
      ObjectNode entry = list.addObject();
      entry.put("guest", guest.id());
      entry.put("kind", guest.guest() ? "guest" : "thread");
      entry.put("state", daemon.guests().name(guest));
      entry.put("fault", guest.fault());
      entry.put("pc", "%08x".formatted(guest.pc()));
      entry.put("exits", guest.exits());
    }
  }

  private void console() {
    ObjectNode console = status.putObject("console");
    console.put("writer", daemon.input().writer().orElse(null));
    ArrayNode views = console.putArray("views");
    daemon.hub().views().forEach(views::add);
  }

  private void recordings() {
    ArrayNode list = status.putArray("recordings");
    for (Map.Entry<Path, String> file : daemon.recordings().state().entrySet()) {
      ObjectNode entry = list.addObject();
      entry.put("file", file.getKey().toString());
      entry.put("state", file.getValue().isEmpty() ? "recording" : "stopped");
      entry.put("failure", file.getValue().isEmpty() ? null : file.getValue());
    }
  }

  /** Routes and their counts. */
  public static ArrayNode routes(List<RouteStatus> routes) {
    ArrayNode list = Json.array();
    for (RouteStatus route : routes) {
      ObjectNode entry = list.addObject();
      entry.put("uart", route.uart()).put("id", route.id()).put("route", route.spec());
      entry.put("where", route.where()).put("state", route.state());
      entry.put("out", route.sent()).put("in", route.received());
      entry.put("lost", route.lost()).put("unheard", route.unheard());
    }
    return list;
  }

  private void losses() {
    ObjectNode losses = status.putObject("losses");
    losses.put("watchers", daemon.hub().lost());
    losses.put("clients", daemon.lostByClients());
    losses.put("routes", daemon.routes().lost());
    losses.put("recordings", daemon.recordings().lost());
    losses.put("gpio", daemon.gpio().lost());
    losses.put("overruns", daemon.monitor().overruns());
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / 1e6) / 1e3;
  }
}
