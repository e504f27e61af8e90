package org.vzrig.flasher;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What happens while a board is programmed; for progress bars, logs and JSON. */
public sealed interface FlashEvent {
  /** A stretch of work with a length. */
  enum Phase {
    /** Erasing. */
    ERASE,
    /** Writing program flash. */
    PROGRAM_FLASH,
    /** Writing boot flash. */
    PROGRAM_BOOT,
    /** Comparing program flash. */
    VERIFY_FLASH,
    /** Comparing boot flash. */
    VERIFY_BOOT,
    /** Reading. */
    READ
  }

  /** Takes events. */
  @FunctionalInterface
  interface Listener {
    /** Something has happened. */
    void on(FlashEvent event);
  }

  /**
   * A target answers.
   *
   * @param adapter what answers
   * @param areas what it says it can program
   * @param part the part
   * @param deviceId its DEVID
   */
  record Opened(String adapter, List<Area> areas, Part part, int deviceId) implements FlashEvent {
    /** Keeps its own copy of the list. */
    public Opened {
      areas = List.copyOf(areas);
    }
  }

  /**
   * What the configuration words of a part are.
   *
   * @param part the part
   * @param words their values by their names, in order
   */
  record Configured(Part part, SequencedMap<String, Integer> words) implements FlashEvent {
    /** Keeps its own copy of the map. */
    public Configured {
      words = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(words));
    }
  }

  /**
   * This is what will happen.
   *
   * @param plan the plan
   */
  record Planned(Plan plan) implements FlashEvent {}

  /**
   * A phase begins.
   *
   * @param phase which
   * @param bytes its length, 0 where it has none
   * @param blocks number of blocks
   */
  record Began(Phase phase, int bytes, int blocks) implements FlashEvent {}

  /**
   * A phase goes on.
   *
   * @param phase which
   * @param done bytes done
   * @param bytes its length
   */
  record Advanced(Phase phase, int done, int bytes) implements FlashEvent {}

  /**
   * A phase has ended well.
   *
   * @param phase which
   * @param bytes its length
   * @param millis how long it took
   */
  record Ended(Phase phase, int bytes, long millis) implements FlashEvent {}

  /**
   * Something was repeated, or is worth knowing.
   *
   * @param message what
   */
  record Note(String message) implements FlashEvent {}

  /**
   * The speed of the line after the boot loader was asked for another.
   *
   * @param baud bits per second
   */
  record Speed(int baud) implements FlashEvent {}

  /**
   * Flash does not hold what it should.
   *
   * @param mismatches the first differences
   * @param cause likely cause, or empty
   */
  record Differs(List<Mismatch> mismatches, String cause) implements FlashEvent {
    /** Keeps its own copy of the list. */
    public Differs {
      mismatches = List.copyOf(mismatches);
    }
  }

  /**
   * Everything asked for is done.
   *
   * @param bytes bytes of the image
   * @param millis from the first write to the last comparison
   */
  record Finished(int bytes, long millis) implements FlashEvent {}
}
