package org.vzrig.appliance.daemon;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tinylog.Logger;
import org.tinylog.TaggedLogger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.hypervisor.rt.Orders.Order;
import org.vzrig.hypervisor.rt.Rig;
import org.vzrig.hypervisor.rt.ThreadStatus;

/** Watches the guests and takes orders about them. */
public final class Guests implements Attachment {
  private static final long PATIENCE_SECONDS = 3;

  private final Events events;
  private final Map<Integer, ThreadStatus.State> shown = new HashMap<>();
  private final Map<Integer, Boolean> pausedByUs = new HashMap<>();
  private volatile List<ThreadStatus> last = List.of();

  /** Tells {@code events} when a guest stops or goes on. */
  public Guests(Events events) {
    this.events = events;
  }

  @Override
  public void attach(PoweredMachine machine) {
    forget();
    machine.target().rig().ifPresent(rig -> last = rig.status());
  }

  @Override
  public void detach() {
    forget();
    last = List.of();
  }

  private synchronized void forget() {
    shown.clear();
    pausedByUs.clear();
  }

  /** How the guests were when they were looked at last. */
  public List<ThreadStatus> last() {
    return last;
  }

  /** Looks how the guests are, now and then. */
  void look(PoweredMachine machine) {
    machine
        .target()
        .rig()
        .ifPresent(
            rig -> machine.call(rig::status).thenAccept(this::seen).exceptionally(e -> null));
  }

  private synchronized void seen(List<ThreadStatus> now) {
    last = now;
    for (ThreadStatus guest : now) {
      ThreadStatus.State state = coarse(guest.state());
      ThreadStatus.State before = shown.put(guest.id(), state);
      if (before != null && before != state || before == null && stands(state)) {
        tell(guest);
      }
    }
  }

  /** Who runs and who waits changes all the time; that is not told. */
  private static ThreadStatus.State coarse(ThreadStatus.State state) {
    return stands(state) ? state : ThreadStatus.State.READY;
  }

  private static boolean stands(ThreadStatus.State state) {
    return state == ThreadStatus.State.STOPPED || state == ThreadStatus.State.FAULTED;
  }

  private void tell(ThreadStatus guest) {
    TaggedLogger log = Logger.tag("guest:" + guest.id());
    if (guest.state() == ThreadStatus.State.FAULTED) {
      log.error("guest {} was stopped: {}", guest.id(), guest.fault());
    } else {
      log.info("guest {} {}", guest.id(), stands(guest.state()) ? "is stopped" : "runs");
    }
    events.publish(
        Events.GUEST,
        event ->
            event.put("guest", guest.id()).put("state", name(guest)).put("fault", guest.fault()));
  }

  /** The state of {@code guest} as answers show it. */
  public String name(ThreadStatus guest) {
    boolean paused = guest.state() == ThreadStatus.State.STOPPED && pausedByUs(guest.id());
    return paused ? "paused" : guest.state().name().toLowerCase(Locale.ROOT);
  }

  private synchronized boolean pausedByUs(int id) {
    return pausedByUs.getOrDefault(id, false);
  }

  // --- orders

  /** Lets a guest go on where it was paused; one that was stopped begins anew. */
  public void start(PoweredMachine machine, int id) throws CommandFailure {
    ThreadStatus.State state = state(machine, id);
    if (stands(state)) {
      boolean goesOn = state == ThreadStatus.State.STOPPED && pausedByUs(id);
      give(machine, id, goesOn ? Order.CONTINUE : Order.RESTART);
    }
    note(id, false);
  }

  /** Stops a guest; when it is started again it begins anew. */
  public void stop(PoweredMachine machine, int id) throws CommandFailure {
    give(machine, id, Order.STOP);
    note(id, false);
  }

  /** Stops a guest so that it can go on later. */
  public void pause(PoweredMachine machine, int id) throws CommandFailure {
    if (!stands(state(machine, id))) {
      give(machine, id, Order.STOP);
      note(id, true);
    }
  }

  /** Lets a guest begin anew. */
  public void restart(PoweredMachine machine, int id) throws CommandFailure {
    give(machine, id, Order.RESTART);
    note(id, false);
  }

  private synchronized void note(int id, boolean paused) {
    pausedByUs.put(id, paused);
  }

  private ThreadStatus.State state(PoweredMachine machine, int id) throws CommandFailure {
    Rig rig = rig(machine);
    List<ThreadStatus> all = await(machine.call(rig::status));
    return all.stream()
        .filter(guest -> guest.id() == id)
        .findFirst()
        .orElseThrow(() -> unknown(all, id))
        .state();
  }

  private void give(PoweredMachine machine, int id, Order order) throws CommandFailure {
    state(machine, id);
    Rig rig = rig(machine);
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    machine.post(() -> rig.hypervisor().orders().give(id, order, () -> done.complete(true)));
    if (!machine.paused()) {
      await(done);
    }
    look(machine);
  }

  private static Rig rig(PoweredMachine machine) throws CommandFailure {
    return machine
        .target()
        .rig()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE, "the machine runs a firmware image: there are no guests"));
  }

  private static CommandFailure unknown(List<ThreadStatus> all, int id) {
    return new CommandFailure(
        ExitCode.USAGE,
        "no guest %d; there are %s".formatted(id, all.stream().map(ThreadStatus::id).toList()));
  }

  private static <T> T await(CompletableFuture<T> reply) throws CommandFailure {
    try {
      return reply.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new CommandFailure(
          ExitCode.TIMEOUT, "the machine has not answered for " + PATIENCE_SECONDS + " s");
    } catch (ExecutionException e) {
      throw new CommandFailure(ExitCode.USAGE, "the machine was switched off");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
    }
  }
}
