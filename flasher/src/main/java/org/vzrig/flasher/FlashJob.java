package org.vzrig.flasher;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.flasher.FlashException.Reason;

/**
 * A whole errand: open the target, do one thing, end the session. A conversation that broke down is
 * begun anew a few times, since nothing is lost by writing the same image again.
 */
public final class FlashJob {
  /** Opens the target anew. */
  @FunctionalInterface
  public interface TargetOpener {
    /**
     * Opens it.
     *
     * @throws IOException if nothing answers as it should
     */
    Target open(Deadline deadline, FlashEvent.Listener events) throws IOException;
  }

  /**
   * What may vary.
   *
   * @param part the part, where the user knows it better than the table
   * @param changedOnly whether unchanged pages stay as they are
   * @param force whether to go on where {@link Planner} would refuse
   * @param verify whether to compare after writing
   * @param dryRun whether to stop when the plan is made
   * @param start whether to start the application in the end
   * @param restarts how often the errand is begun anew
   */
  public record Options(
      Optional<Part> part,
      boolean changedOnly,
      boolean force,
      boolean verify,
      boolean dryRun,
      boolean start,
      int restarts) {
    /** Everything erased, written, verified and started; two restarts. */
    public static final Options DEFAULT =
        new Options(Optional.empty(), false, false, true, false, true, 2);
  }

  /** Something to do with an open target. */
  @FunctionalInterface
  private interface Errand<T> {
    T run(Target target, Programmer programmer) throws IOException, ImageException;
  }

  private final TargetOpener opener;
  private final Options options;
  private final Deadline deadline;
  private final FlashEvent.Listener events;
  private final IntFunction<Optional<Part>> parts;

  /** For the target that {@code opener} opens. */
  public FlashJob(
      TargetOpener opener, Options options, Deadline deadline, FlashEvent.Listener events) {
    this(opener, options, deadline, events, Parts::byId);
  }

  /** With another table of parts by their DEVID. */
  public FlashJob(
      TargetOpener opener,
      Options options,
      Deadline deadline,
      FlashEvent.Listener events,
      IntFunction<Optional<Part>> parts) {
    this.parts = parts;
    this.opener = opener;
    this.options = options;
    this.deadline = deadline;
    this.events = events;
  }

  /** Tells what part answers, and how it is configured where that can be read. */
  public Part probe() throws IOException {
    try {
      return run(
          (target, programmer) -> {
            Part part = part(target);
            programmer.configuration().ifPresent(events::on);
            return part;
          });
    } catch (ImageException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Erases the whole chip. */
  public void erase() throws IOException {
    try {
      run(
          (target, programmer) -> {
            programmer.erase();
            target.finish(false);
            return true;
          });
    } catch (ImageException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Programs {@code image}, or only makes the plan.
   *
   * @throws ImageException if the image must not be programmed into this part
   */
  public Plan program(Image image) throws IOException, ImageException {
    return run(
        (target, programmer) -> {
          Plan plan = programmer.plan(image, options.changedOnly, options.force);
          if (!options.dryRun) {
            FlashEvent.Finished finished = programmer.program(plan, options.verify);
            target.finish(options.start);
            events.on(finished);
          }
          return plan;
        });
  }

  /**
   * Compares flash with {@code image}.
   *
   * @throws ImageException if the image does not fit the part
   */
  public void verify(Image image) throws IOException, ImageException {
    run(
        (target, programmer) -> {
          FlashEvent.Finished finished = programmer.verify(programmer.plan(image, false, true));
          target.finish(options.start);
          events.on(finished);
          return true;
        });
  }

  /** Reads {@code length} bytes from physical {@code address}. */
  public byte[] read(int address, int length) throws IOException {
    try {
      return run(
          (target, programmer) -> {
            byte[] bytes = programmer.read(address, length);
            target.finish(options.start);
            return bytes;
          });
    } catch (ImageException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T run(Errand<T> errand) throws IOException, ImageException {
    for (int attempt = 0; ; attempt++) {
      try (Target target = opener.open(deadline, events)) {
        Part part = part(target);
        target.identified(part);
        events.on(
            new FlashEvent.Opened(target.description(), target.areas(), part, target.deviceId()));
        return errand.run(target, new Programmer(target, part, deadline, events));
      } catch (FlashException e) {
        if (attempt >= options.restarts || !passing(e.reason())) {
          throw e;
        }
        events.on(new FlashEvent.Note(e.text() + "; beginning anew"));
      }
    }
  }

  /** Whether another try can go better. */
  private static boolean passing(Reason reason) {
    return reason == Reason.PROTOCOL || reason == Reason.VERIFY;
  }

  private Part part(Target target) throws FlashException {
    return options.part.isPresent() ? options.part.get() : Programmer.identify(target, parts);
  }
}
