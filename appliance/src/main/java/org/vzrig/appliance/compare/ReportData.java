package org.vzrig.appliance.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vzrig.hil.compare.Row;
import org.vzrig.hil.compare.Status;

/**
 * What a report shows of a comparison: the beginning and the surroundings of every difference, so
 * that the page of a long recording stays readable.
 */
final class ReportData implements Row.Listener {
  private static final int AROUND = 4;
  private static final int BEGINNING = 60;
  private static final int MOST_ROWS = 1500;
  private static final int MOST_EDGES = 6000;

  private final Map<String, Console> consoles = new LinkedHashMap<>();
  private final Map<String, Edges> edges = new TreeMap<>();

  /** The rows of one console. */
  static final class Console {
    private final boolean symbols;
    private final List<Entry> entries = new ArrayList<>();
    private final Deque<Row> held = new ArrayDeque<>();
    private long left;
    private int after;

    Console(boolean symbols) {
      this.symbols = symbols;
      after = symbols ? 0 : BEGINNING;
    }

    private void add(Row row) {
      if (row.status() != Status.SAME) {
        close();
        held.forEach(this::keep);
        held.clear();
        keep(row);
        after = AROUND;
      } else if (after > 0) {
        after--;
        keep(row);
      } else {
        held.add(row);
        if (held.size() > AROUND) {
          held.remove();
          left++;
        }
      }
    }

    private void keep(Row row) {
      if (entries.size() < MOST_ROWS) {
        entries.add(new Entry(row, 0));
      } else {
        left++;
      }
    }

    /** Says how many rows were left out here. */
    private void close() {
      if (left > 0 && entries.size() < MOST_ROWS) {
        entries.add(new Entry(null, left));
        left = 0;
      }
    }

    /** The entries; what was left out at the end counts too. */
    List<Entry> entries() {
      List<Entry> all = new ArrayList<>(entries);
      if (left + held.size() > 0) {
        all.add(new Entry(null, left + held.size()));
      }
      return all;
    }

    /** Whether there is something to see: of guests' symbols only differences are shown. */
    boolean worthShowing() {
      return !symbols || entries.stream().anyMatch(entry -> entry.row() != null);
    }
  }

  /**
   * A row, or a number of equal rows that are not shown.
   *
   * @param row the row, or null
   * @param left how many rows are left out
   */
  record Entry(@org.jspecify.annotations.Nullable Row row, long left) {}

  /** The edges of one pin. */
  static final class Edges {
    private final List<Row> rows = new ArrayList<>();
    private long left;

    private void add(Row row) {
      if (rows.size() < MOST_EDGES) {
        rows.add(row);
      } else {
        left++;
      }
    }

    List<Row> rows() {
      return Collections.unmodifiableList(rows);
    }

    /** How many edges behind these are not shown. */
    long left() {
      return left;
    }
  }

  @Override
  public void row(Row row) {
    if (row.channel().matches("U\\d.*")) {
      boolean symbols = row.channel().contains(" ");
      consoles.computeIfAbsent(row.channel(), name -> new Console(symbols)).add(row);
    } else {
      edges.computeIfAbsent(row.channel(), name -> new Edges()).add(row);
    }
  }

  Map<String, Console> consoles() {
    return consoles;
  }

  Map<String, Edges> edges() {
    return edges;
  }
}
