package org.vzrig.appliance.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.emulator.machine.CycleTime;
import org.vzrig.emulator.machine.FastPacer;
import org.vzrig.emulator.machine.Lockstep;
import org.vzrig.emulator.machine.MachineThread;
import org.vzrig.emulator.machine.MachineThread.Ended;
import org.vzrig.emulator.machine.Pacer;
import org.vzrig.emulator.machine.RealTimePacer;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.emulator.port.ByteRing;
import org.vzrig.hil.agent.AgentThread;
import org.vzrig.hil.bridge.MachineSide;
import org.vzrig.hil.capture.CaptureAgent;
import org.vzrig.hil.capture.CaptureRing;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.gpio.PinBridge;
import org.vzrig.hil.gpio.Wiring;

/** One run of one machine: wires it to its console, its script and its recordings, and waits. */
public final class RunSession {
  private static final long SLICE_NANOS = 100_000;
  private static final int KEYS = 1 << 12;
  private static final int LINE_AHEAD = 64;
  private static final long ROOM_NANOS = 1_000_000;

  private final Target target;
  private final RunOptions options;
  private final Lines lines;
  private final CycleTime time;
  private final MachineThread thread;
  private final Script script;
  private final Optional<Twin> twin;
  private final ScriptedBoard board;
  private final ByteRing keys = new ByteRing(KEYS);
  private final List<CaptureAgent> agents = new ArrayList<>();
  private final List<CaptureRing> rings = new ArrayList<>();
  private final List<AgentThread> agentThreads = new ArrayList<>();
  private @Nullable PinBridge pins;
  private @Nullable AgentThread pinThread;

  /** Why a run ended before its time. */
  private enum Reason {
    MET,
    FAIL_SEEN,
    TIMEOUT,
    LEFT,
    SIGNAL
  }

  private String failText = "";

  /** Prepares a run that shows its console on {@code screen}. */
  public RunSession(Target target, RunOptions options, Screen screen, Lines lines)
      throws IOException {
    this.target = target;
    this.lines = lines;
    this.options = options;
    time = new CycleTime(target.hz());
    thread = new MachineThread(target.workload(), pacer());
    board = new ScriptedBoard(target);
    twin = target.twin().map(other -> new Twin(other, options.steps()));
    script = new Script(options.steps(), new ScriptActions());
    CaptureAgent files = Recorder.files(target, options);
    add(Recorder.console(screen));
    if (files != null) {
      add(files);
    }
    Duration length = options.length();
    if (length != null) {
      thread.stopAt(target.workload().cycles() + time.cycles(length.toNanos()));
    }
    connect();
  }

  private Pacer pacer() {
    long slice = Math.max(1, time.cycles(SLICE_NANOS));
    return switch (options.pace()) {
      case REALTIME -> new RealTimePacer(time, slice);
      case FAST -> new FastPacer(slice);
    };
  }

  private void add(CaptureAgent agent) {
    agents.add(agent);
    rings.add(agent.events());
  }

  private void connect() {
    for (CaptureRing ring : rings) {
      for (int n = 1; n <= Target.UARTS; n++) {
        ring.attach(n, target.uart().apply(n));
      }
      ring.attach(target.pins());
      ring.attachResets(target.debug().machine());
    }
    target.console().onTransmit((cycle, value) -> script.printed(value));
    lines.bridge().connect(target.uart(), new Outside());
    thread.betweenSlices(this::takeKeys);
    thread.betweenSlices(() -> lines.bridge().service(options.pace() == RunOptions.Pace.FAST));
    thread.betweenSlices(this::wakeAgents);
  }

  /**
   * Before the start: ties pins to {@code lines} as {@code wirings} say.
   *
   * @throws IOException when lines cannot be had
   */
  PinBridge wire(GpioLines lines, List<Wiring> wirings) throws IOException {
    PinBridge bridge =
        new PinBridge(
            lines,
            time::nanos,
            (pin, level) -> thread.post(() -> target.pins().drive(pin, level)),
            System::nanoTime);
    bridge.attach(wirings, target.pins());
    pins = bridge;
    return bridge;
  }

  /**
   * Runs until something ends it.
   *
   * @throws CommandFailure when an expectation failed, time ran out, or a recording failed
   */
  public void run() throws CommandFailure {
    agents.forEach(agent -> agentThreads.add(new AgentThread(agent)));
    pinThread = pins == null ? null : new AgentThread(pins);
    script.start();
    twin.ifPresent(Twin::start);
    thread.start();
    Ended ended = await();
    agents.forEach(agent -> agent.ended(thread.cycles()));
    agentThreads.forEach(AgentThread::close);
    if (pinThread != null) {
      pinThread.close();
    }
    lines.bridge().close();
    judge(ended);
  }

  /** What runs the machine. */
  MachineThread machineThread() {
    return thread;
  }

  /** Any thread: the user wants to leave. */
  public void leave() {
    stop(Reason.LEFT);
  }

  /** A key was typed; called by one thread only. */
  public void key(int value) {
    keys.offer(value);
    thread.wake();
  }

  /** A key was typed; waits until the board takes it. Called by one thread only. */
  public void keyWhenTaken(int value) {
    while (keys.size() == KEYS && !thread.ended().isDone()) {
      LockSupport.parkNanos(ROOM_NANOS);
    }
    key(value);
  }

  /** Any thread: presses the board's reset button. */
  public void reset() {
    thread.post(
        () -> {
          target.debug().machine().reset(ResetCause.MCLR);
          twin.ifPresent(Twin::reset);
        });
  }

  /** Any thread: the process was told to end. */
  public void interrupt() {
    stop(Reason.SIGNAL);
  }

  /** Any thread: virtual time in cycles, as of the last slice. */
  public long cycles() {
    return thread.cycles();
  }

  private void stop(Reason reason) {
    thread.post(() -> thread.stop(reason));
  }

  private Ended await() {
    Duration timeout = options.timeout();
    try {
      if (timeout != null) {
        return thread.ended().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (TimeoutException e) {
      stop(Reason.TIMEOUT);
    } catch (InterruptedException e) {
      stop(Reason.SIGNAL);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return thread.ended().join();
  }

  private void judge(Ended ended) throws CommandFailure {
    switch (ended) {
      case Ended.Failed(Lockstep.Difference difference) ->
          throw new CommandFailure(
              ExitCode.DIFFERENCE, String.valueOf(difference.getMessage()).lines().toList());
      case Ended.Failed(Throwable failure) ->
          throw new IllegalStateException("the machine failed: " + failure, failure);
      case Ended.TimeUp() -> checkExpectations(ExitCode.EXPECTATION, "its time was up");
      case Ended.Stopped(Reason reason) -> judge(reason);
      case Ended.Stopped(Object other) -> throw new IllegalStateException("stopped by " + other);
    }
    checkRecordings();
  }

  private void judge(Reason reason) throws CommandFailure {
    switch (reason) {
      case MET -> {}
      case LEFT -> checkExpectations(ExitCode.EXPECTATION, "you left");
      case SIGNAL -> throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
      case TIMEOUT -> {
        checkExpectations(ExitCode.TIMEOUT, "--timeout was over");
        throw new CommandFailure(ExitCode.TIMEOUT, "--timeout was over at " + now());
      }
      case FAIL_SEEN ->
          throw new CommandFailure(
              ExitCode.EXPECTATION,
              List.of(
                  "the console printed the --fail text '%s' at %s"
                      .formatted(Texts.shown(failText), now()),
                  consoleEnd()));
    }
  }

  private void checkExpectations(ExitCode exit, String why) throws CommandFailure {
    var missing = script.missing();
    if (missing.isPresent()) {
      String line =
          "expected '%s' on the console, but %s at %s"
              .formatted(Texts.shown(missing.get()), why, now());
      throw new CommandFailure(exit, List.of(line, consoleEnd()));
    }
  }

  private void checkRecordings() throws CommandFailure {
    List<String> failures = agents.stream().flatMap(agent -> agent.failures().stream()).toList();
    if (!failures.isEmpty()) {
      throw new CommandFailure(ExitCode.HOST_IO, failures);
    }
  }

  private String consoleEnd() {
    String tail = script.tail();
    return tail.isEmpty()
        ? "the console printed nothing"
        : "the console ended with: " + tail.strip().replace("\n", "\n    ");
  }

  private String now() {
    return Spans.shown(Duration.ofNanos(time.nanos(thread.cycles()))) + " of virtual time";
  }

  private void takeKeys() {
    // no further ahead than a line of typing: what waits stays in the ring, where it can be counted
    int room = LINE_AHEAD - target.uart().apply(lines.shown()).pendingInput();
    if (keys.size() > 0 && room > 0) {
      keys.drain(this::typed, room);
    }
  }

  private void typed(int value) {
    type(lines.shown(), value);
    twin.ifPresent(other -> other.type(lines.shown(), value));
  }

  private void type(int uart, int value) {
    target.uart().apply(uart).receive(value);
    record(uart, value);
  }

  private void record(int uart, int value) {
    long cycle = target.workload().cycles();
    rings.forEach(ring -> ring.received(cycle, uart, value));
  }

  private void wakeAgents() {
    for (int i = 0; i < agentThreads.size(); i++) {
      if (options.pace() == RunOptions.Pace.FAST) {
        agentThreads.get(i).awaitRoom(rings.get(i).ring());
      }
      agentThreads.get(i).wake();
    }
    wakePins();
  }

  private void wakePins() {
    if (pins != null && pinThread != null && pins.ready()) {
      if (options.pace() == RunOptions.Pace.FAST) {
        pinThread.awaitRoom(pins.ring());
      }
      pinThread.wake();
    }
  }

  /** What the serial bridge asks for. */
  private final class Outside implements MachineSide {
    @Override
    public void wake() {
      thread.wake();
    }

    @Override
    public void reset(String why) {
      RunSession.this.reset();
    }

    @Override
    public void received(int uart, int value) {
      record(uart, value);
    }
  }

  /** What the script does, on the machine thread. */
  private final class ScriptActions implements Script.Actions {
    @Override
    public void act(Action action) {
      if (action instanceof Action.Type(String text)) {
        text.chars().forEach(value -> type(target.consoleNumber(), value));
      } else {
        board.act(action);
      }
    }

    @Override
    public void actAt(Duration at, Action action) {
      long cycle = target.workload().cycles() + time.cycles(at.toNanos());
      target.events().schedule(target.events().event("script", () -> act(action)), cycle);
    }

    @Override
    public void met() {
      thread.stop(Reason.MET);
    }

    @Override
    public void failed(String text) {
      failText = text;
      thread.stop(Reason.FAIL_SEEN);
    }
  }
}
