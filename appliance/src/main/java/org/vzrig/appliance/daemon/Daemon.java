package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.appliance.settings.SettingsLoader;
import org.vzrig.appliance.settings.SettingsSource;
import org.vzrig.hil.gpio.GpioDriver;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.serial.JsscLine;
import tools.jackson.databind.node.ObjectNode;

/** One rig with everything that is tied to it, from {@link #start} to {@link #close}. */
public final class Daemon implements AutoCloseable {
  private final SettingsSource source;
  private final Events events = new Events();
  private final Log log = new Log(events);
  private final Hub hub = new Hub(events);
  private final Guests guests = new Guests(events);
  private final ConsoleInput input = new ConsoleInput();
  private final AtomicLong lostByClients = new AtomicLong();
  private final List<Consumer<ObjectNode>> sections = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Optional<Throwable>> over = new CompletableFuture<>();
  private final long startNanos = System.nanoTime();
  private final SerialRoutes routes = new SerialRoutes();
  private final Recordings recordings;
  private final MachineHost host;
  private final GpioPins gpio;
  private final Monitor monitor;
  private final Buttons buttons;
  private final Optional<RealBoard> real;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("monitor").daemon().factory());
  private volatile Settings settings;
  private Runnable beforeReload = () -> {};
  private Runnable afterReload = () -> {};

  /** A daemon with the settings of {@code source}, which were read as {@code settings}. */
  public Daemon(SettingsSource source, Settings settings) {
    this(source, settings, GpioPins::open);
  }

  /** The same with GPIO lines of {@code lines}. */
  Daemon(SettingsSource source, Settings settings, Function<Settings.Gpio, GpioLines> lines) {
    this.source = source;
    this.settings = settings;
    recordings = new Recordings(settings.record());
    CardSocket card = new CardSocket(() -> this.settings.rig().card());
    host = new MachineHost(program(settings), settings.rig().pace(), card, this::broken);
    monitor = new Monitor(host, guests);
    real =
        settings
            .real()
            .map(
                port ->
                    realBoard(
                        port,
                        new RealBoard.Ways(
                            JsscLine.opener(port.port()), () -> lines.apply(realLines()))));
    buttons = new Buttons(host, real);
    gpio = new GpioPins(() -> this.settings.gpio(), lines);
    List.of(hub, guests, input, recordings, routes, gpio).forEach(host::attach);
    addSection(gpio::tell);
    real.ifPresent(
        board -> {
          host.attach(board);
          addSection(board::tell);
        });
    host.onChange(
        state -> events.publish(Events.MACHINE, event -> event.put("state", state.text())));
  }

  /** Pi4J takes one chip for the process, which may be another than the machine's lines have. */
  private Settings.Gpio realLines() {
    Settings.Gpio gpio = settings.gpio();
    GpioDriver driver = gpio.driver() == GpioDriver.AUTO ? GpioDriver.CHARACTER : gpio.driver();
    return new Settings.Gpio(List.of(), gpio.mock(), driver);
  }

  private RealBoard realBoard(Settings.Real port, RealBoard.Ways ways) {
    Settings.Rig rig = settings.rig();
    return new RealBoard(port, rig.board(), !rig.emulates(), hub, recordings, ways);
  }

  private static Optional<LoadedProgram> program(Settings settings) {
    return settings.rig().emulates()
        ? Optional.of(LoadedProgram.of(settings.rig()))
        : Optional.empty();
  }

  /** Switches the machine on, as the settings say, and begins to look after it. */
  public void start() throws CommandFailure, IOException {
    start(Optional.empty());
  }

  /** The same, going on with the state of a snapshot if there is one. */
  public void start(Optional<Path> snapshot) throws CommandFailure, IOException {
    routes.change(settings.serial());
    if (real.isPresent()) {
      real.get().start();
    }
    if (snapshot.isPresent()) {
      host.restore(snapshot.get());
    } else if (settings.rig().emulates() && settings.rig().start()) {
      host.start();
    }
    var _ =
        clock.scheduleWithFixedDelay(this::look, 0, Monitor.PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      monitor.look();
    } catch (RuntimeException e) {
      Logger.error("the monitor failed: {}", e.toString());
    }
  }

  private void broken(Throwable failure) {
    over.complete(Optional.of(failure));
  }

  /** Any thread: the daemon shall end. */
  public void end() {
    over.complete(Optional.empty());
  }

  /** Waits until something ends the daemon; what that was when it was a defect of ours. */
  public Optional<Throwable> awaitEnd() {
    return over.join();
  }

  /**
   * Reads the settings again and does what has changed. With mistakes everything stays as it is.
   *
   * @throws CommandFailure with the mistakes
   */
  public synchronized void reload() throws CommandFailure, IOException {
    beforeReload.run();
    try {
      change(SettingsLoader.load(source));
      Logger.info("{}: read again", source.file());
    } finally {
      afterReload.run();
    }
  }

  private void change(Settings next) throws CommandFailure, IOException {
    Settings before = settings;
    settings = next;
    recordings.files(next.record());
    routes.change(next.serial());
    boolean other =
        !next.rig().equals(before.rig())
            || !next.record().equals(before.record())
            || !next.gpio().equals(before.gpio());
    if (other && next.rig().emulates() && host.program().isPresent()) {
      host.change(LoadedProgram.of(next.rig()), next.rig().pace());
    }
    if (!next.control().equals(before.control()) || next.rig().mode() != before.rig().mode()) {
      Logger.warn("changes of [control] and of rig.mode need a restart of the daemon");
    }
  }

  /** Before the start: what is done around each {@link #reload}. */
  public void onReload(Runnable before, Runnable after) {
    beforeReload = before;
    afterReload = after;
  }

  /** How much virtual time passes in a second, over the last seconds. */
  public double ratio() {
    return monitor.ratio();
  }

  /** Adds something to what {@link StatusReport} tells. */
  public void addSection(Consumer<ObjectNode> section) {
    sections.add(section);
  }

  List<Consumer<ObjectNode>> sections() {
    return sections;
  }

  /** Switches the machine off; its recordings are complete then. */
  @Override
  public void close() {
    clock.shutdownNow();
    host.stop();
    real.ifPresent(RealBoard::close);
    routes.close();
    log.close();
  }

  /** The settings of now. */
  public Settings settings() {
    return settings;
  }

  /** The machine. */
  public MachineHost host() {
    return host;
  }

  /** What happens. */
  public Events events() {
    return events;
  }

  /** Consoles and lights. */
  public Hub hub() {
    return hub;
  }

  /** The guests. */
  public Guests guests() {
    return guests;
  }

  /** The console's input. */
  public ConsoleInput input() {
    return input;
  }

  /** Where the serial lines go. */
  public SerialRoutes routes() {
    return routes;
  }

  /** The recordings. */
  public Recordings recordings() {
    return recordings;
  }

  /** What is tied to GPIO lines. */
  GpioPins gpio() {
    return gpio;
  }

  /** The buttons of the board. */
  public Buttons buttons() {
    return buttons;
  }

  /** The last messages. */
  public Log log() {
    return log;
  }

  /** Runs {@code file}, started as said, from now on. */
  public void load(Path file, Optional<String> entry, Optional<String> at, Optional<Path> loader)
      throws CommandFailure, IOException {
    if (host.program().isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "nothing is emulated in the mode mirror");
    }
    Settings.Firmware firmware = new Settings.Firmware(entry, at, loader);
    host.load(new LoadedProgram(file, firmware, settings.rig().board()));
  }

  /** Types {@code bytes} on the console, for a guest unless it is negative. */
  public void type(String bytes, int guest) throws CommandFailure {
    if (real.isPresent() && host.program().isEmpty()) {
      String chosen = guest < 0 ? "" : ConsoleInput.choose(guest);
      if (!real.get().type(chosen + bytes)) {
        throw new CommandFailure(ExitCode.REFUSED, "the real board is not there");
      }
      return;
    }
    if (!input.type(bytes, guest)) {
      throw new CommandFailure(
          ExitCode.REFUSED, "the machine is %s: not all was typed".formatted(host.state().text()));
    }
  }

  Monitor monitor() {
    return monitor;
  }

  /** Events that clients of the control socket were too slow for. */
  public long lostByClients() {
    return lostByClients.get();
  }

  /** A client was too slow for an event. */
  public void clientLost() {
    lostByClients.incrementAndGet();
  }

  long uptimeNanos() {
    return System.nanoTime() - startNanos;
  }

  /** What {@code vzrig ctl status} tells. */
  public ObjectNode status() {
    return StatusReport.of(this);
  }
}
