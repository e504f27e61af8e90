package org.vzrig.appliance.term;

import java.io.IOException;

/**
 * A line at the bottom of the terminal that stays in place while text scrolls above it (a scroll
 * region, which every terminal since the VT100 has).
 */
public final class StatusLine {
  private static final int SMALLEST = 4;

  private final Terminal terminal;
  private int rows;
  private int columns;
  private String shown = "";

  /** Nothing is drawn before the first {@link #show}. */
  public StatusLine(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Shows {@code text}, which may hold colours ({@code ESC [ ... m}), and adapts to a new size of
   * the terminal.
   *
   * @param width columns that {@code text} takes
   */
  public void show(String text, int width) throws IOException {
    adapt();
    if (rows < SMALLEST || width > columns || text.equals(shown)) {
      return;
    }
    shown = text;
    terminal.write("\0337\033[" + rows + ";1H\033[2K" + text + "\033[m\0338");
  }

  /** Gives the whole terminal back to the text. */
  public void remove() throws IOException {
    if (rows >= SMALLEST) {
      terminal.write("\0337\033[r\033[" + rows + ";1H\033[2K\0338");
      rows = 0;
    }
  }

  private void adapt() throws IOException {
    int newRows = terminal.rows();
    int newColumns = terminal.columns();
    if (newRows == rows && newColumns == columns) {
      return;
    }
    rows = newRows;
    columns = newColumns;
    shown = "";
    if (rows >= SMALLEST) {
      // a new line first: the last one may hold text. Setting the region moves the cursor home.
      terminal.write("\n\0337\033[1;" + (rows - 1) + "r\0338\033[A");
    }
  }
}
