package org.vzrig.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs a kernel. It prints "?" when it wants to know which, "=" with the checksum of
 * the first batch, and "." after every further batch. While it is not its turn it is stopped, so
 * that the other side has the computer for itself.
 */
final class Side implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int CHECKSUM = 8;

  private final Process process;
  private final List<Long> dots = new ArrayList<>();
  private final StringBuilder output = new StringBuilder();
  private final String input;

  /** Starts {@code command}, whose console gets {@code input} when it asks. */
  Side(List<String> command, String input) throws IOException {
    this.input = input;
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Thread.ofPlatform().daemon().name(command.getFirst()).start(this::read);
  }

  private void read() {
    try (InputStream in = process.getInputStream()) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        took(c, System.nanoTime());
      }
    } catch (IOException e) {
      // it was ended
    }
  }

  private synchronized void took(int c, long nanos) throws IOException {
    if (c == '?' && !input.isEmpty()) {
      process.getOutputStream().write(input.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    }
    if (c == '.') {
      dots.add(nanos);
    } else {
      output.append((char) c);
    }
    notifyAll();
  }

  /** Waits for the checksum of the first batch. */
  synchronized String checksum() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (checksumEnd() > output.length()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IllegalStateException(
            process.info().command().orElse("a side") + " printed no checksum, but: " + output);
      }
      wait(100);
    }
    return output.substring(checksumEnd() - CHECKSUM, checksumEnd());
  }

  private int checksumEnd() {
    int start = output.indexOf("=");
    return start < 0 ? Integer.MAX_VALUE : start + 1 + CHECKSUM;
  }

  /** Lets it run for a while on its own and measures: batches a second. */
  double turn(double seconds, int batches) throws IOException, InterruptedException {
    int before = count();
    resume();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    synchronized (this) {
      while (System.nanoTime() < end || dots.size() - before < batches + 1) {
        if (!process.isAlive()) {
          throw new IllegalStateException("a side has ended: " + output);
        }
        wait(20);
      }
    }
    pause();
    return rate(before);
  }

  /** The batch that was interrupted by the pause does not count. */
  private synchronized double rate(int first) {
    int last = dots.size() - 1;
    return (last - first) * 1e9 / (dots.get(last) - dots.get(first));
  }

  private synchronized int count() {
    return dots.size();
  }

  /** Times of the batches so far, seconds after the first. */
  synchronized List<Long> times() {
    return List.copyOf(dots);
  }

  void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
