package org.vzrig.flasher;

import java.util.ArrayList;
import java.util.List;

/**
 * What programming will do, made before anything is touched.
 *
 * @param part the part
 * @param erase what is erased
 * @param flash blocks of program flash to write, in ascending order
 * @param boot blocks of boot flash to write, in ascending order
 * @param dataBytes bytes that the image holds
 * @param notes what is left out, and why
 */
public record Plan(
    Part part,
    Erase erase,
    List<Block> flash,
    List<Block> boot,
    int dataBytes,
    List<String> notes) {
  /** What is erased. */
  public enum Erase {
    /** Nothing. */
    NOTHING("nothing"),
    /** The whole chip. */
    CHIP("the whole chip"),
    /** By the boot loader: each page before it is written, and the rest when it leaves. */
    BY_LOADER("all of program flash, by the boot loader"),
    /** Only the pages whose contents change. */
    CHANGED_PAGES("the pages that change");

    private final String text;

    Erase(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Keeps its own copies of the lists. */
  public Plan {
    flash = List.copyOf(flash);
    boot = List.copyOf(boot);
    notes = List.copyOf(notes);
  }

  /** All blocks, program flash first. */
  public List<Block> blocks() {
    List<Block> all = new ArrayList<>(flash);
    all.addAll(boot);
    return all;
  }

  /** What will happen, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("erase   " + erase);
    runs(flash).forEach(r -> lines.add("write   " + r + " program flash"));
    runs(boot).forEach(r -> lines.add("write   " + r + " boot flash"));
    notes.forEach(n -> lines.add("keep    " + n));
    return lines;
  }

  /** The blocks as runs of addresses. */
  private static List<String> runs(List<Block> blocks) {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < blocks.size(); ) {
      int first = blocks.get(i).address();
      int end = first;
      while (i < blocks.size() && blocks.get(i).address() == end) {
        end += blocks.get(i++).data().length;
      }
      runs.add("%08X-%08X (%d bytes)".formatted(first, end - 1, end - first));
    }
    return runs;
  }
}
