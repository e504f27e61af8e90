package org.vzrig.appliance.gdb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.vzrig.appliance.debug.DebugView;
import org.vzrig.emulator.machine.MachineThread;

/**
 * Serves GDB on a TCP port of this computer, one debugger at a time. The machine waits for the
 * first one before its first instruction; when one leaves, it runs on.
 */
public final class GdbServer implements AutoCloseable {
  private final ServerSocket listener;
  private final DebugView view;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile @Nullable Socket client;
  private @Nullable MachineThread thread;
  private boolean halted = true;

  /** What the serving thread waits for. */
  private sealed interface Event {
    /** The debugger has sent a packet or Ctrl-C. */
    record Packet(Packets from, String text) implements Event {}

    /** The debugger is gone. */
    record Gone(Packets from) implements Event {}

    /** The machine has stopped. */
    record Halted() implements Event {}

    /** The run has ended. */
    record Ended() implements Event {}
  }

  /**
   * Listens on {@code port} of the loopback interface, on any free one for 0, and keeps the machine
   * from starting.
   */
  public GdbServer(int port, DebugView view) throws IOException {
    this.view = view;
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
    view.machine().cpu().probe().stop();
    Logger.info("GDB: connect with \"target remote localhost:{}\"", this.port());
  }

  /** The port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Begins to serve; before {@code machineThread} starts. */
  public void start(MachineThread machineThread) {
    thread = machineThread;
    machineThread.betweenSlices(this::noticeHalt);
    var _ = machineThread.ended().thenRun(() -> events.add(new Event.Ended()));
    Thread.ofPlatform().daemon().name("gdb").start(this::serve);
  }

  private void noticeHalt() {
    boolean now = view.machine().halted();
    if (now && !halted) {
      events.add(new Event.Halted());
    }
    halted = now;
  }

  private void serve() {
    try {
      while (!listener.isClosed()) {
        try (Socket socket = listener.accept()) {
          client = socket;
          socket.setTcpNoDelay(true);
          converse(socket);
        }
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        Logger.warn("GDB: {}", e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse(Socket socket) throws IOException, InterruptedException {
    Packets packets = new Packets(socket.getInputStream(), socket.getOutputStream());
    GdbStub stub = new GdbStub(packets, new GdbTarget(view), this::ask);
    ask(
        () -> {
          view.machine().cpu().probe().stop();
          return 0;
        });
    Thread.ofVirtual().start(() -> receive(packets));
    try {
      while (!stub.over()) {
        handle(stub, packets, events.take());
      }
    } catch (IOException e) {
      Logger.warn("GDB: {}", e.getMessage());
      stub.leave();
    }
  }

  private static void handle(GdbStub stub, Packets packets, Event event) throws IOException {
    switch (event) {
      case Event.Packet(Packets from, String text) when from == packets -> {
        if (text.equals(Packets.BREAK)) {
          stub.interrupt();
        } else {
          stub.packet(text);
        }
      }
      case Event.Gone(Packets from) when from == packets ->
          throw new IOException("the debugger has gone; the machine runs on");
      case Event.Halted() -> stub.stopped();
      case Event.Ended() -> stub.ended();
      default -> {} // of a debugger before this one
    }
  }

  private void receive(Packets packets) {
    try {
      for (String text = packets.read(); text != null; text = packets.read()) {
        events.add(new Event.Packet(packets, text));
      }
    } catch (IOException e) {
      Logger.debug("GDB: {}", e.getMessage());
    }
    events.add(new Event.Gone(packets));
  }

  /** Asks the machine thread; fails when the run ends before it answers. */
  private <T extends @Nullable Object> T ask(Supplier<T> question) throws IOException {
    MachineThread machine = thread;
    if (machine == null) {
      throw new IllegalStateException("not started");
    }
    CompletableFuture<T> answer = machine.call(question);
    try {
      CompletableFuture.anyOf(answer, machine.ended()).get();
      if (!answer.isDone()) {
        throw new IOException("the run has ended");
      }
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a question of the debugger failed", e.getCause());
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Socket socket = client;
    if (socket != null) {
      socket.close();
    }
  }
}
