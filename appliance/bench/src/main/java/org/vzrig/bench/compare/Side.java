package org.vzrig.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs a kernel. It prints "kernels" and "?" when it wants to know which, "=" with
 * the checksum of the first batch, and "~" after every further batch. While it is not its turn it
 * is stopped, so that the other side has the computer for itself.
 */
final class Side implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final int CHECKSUM = 8;

  private final Process process;
  private final ProcessorTime time;
  private int dots;
  private boolean asked;
  private final StringBuilder output = new StringBuilder();
  private final String input;

  /** Starts {@code command}, whose console gets {@code input} when it asks. */
  Side(List<String> command, String input) throws IOException {
    this.input = input;
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    time = new ProcessorTime(process.pid());
    Thread.ofPlatform().daemon().name(command.getFirst()).start(this::read);
  }

  private void read() {
    try (InputStream in = process.getInputStream()) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        took(c);
      }
    } catch (IOException e) {
      // it was ended
    }
  }

  private synchronized void took(int c) throws IOException {
    boolean asks = c == '?' && output.indexOf("kernels") >= 0;
    if (asks) {
      output.setLength(0);
      asked = true;
    }
    if (asks && !input.isEmpty()) {
      process.getOutputStream().write(input.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    }
    if (c == '~') {
      dots++;
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
    return !asked || start < 0 ? Integer.MAX_VALUE : start + 1 + CHECKSUM;
  }

  /**
   * Lets it run for a while on its own and measures batches a second of the processor's time; the
   * batch that the last pause interrupted does not count.
   *
   * @param seconds least processor time
   * @param batches least number of batches
   */
  synchronized double turn(double seconds, int batches) throws IOException, InterruptedException {
    resume();
    next();
    int first = dots;
    Map<String, Long> start = time.threads();
    long ran = 0;
    while (ran < seconds * 1e9 || dots - first < batches) {
      next();
      ran = ProcessorTime.busiest(start, time.threads());
    }
    double rate = (dots - first) * 1e9 / ran;
    pause();
    return rate;
  }

  private void next() throws InterruptedException {
    int before = dots;
    while (dots == before) {
      if (!process.isAlive()) {
        throw new IllegalStateException("a side has ended: " + output);
      }
      wait(1000);
    }
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
