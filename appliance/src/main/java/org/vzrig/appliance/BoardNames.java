package org.vzrig.appliance;

import java.util.Iterator;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;

/** The names of the boards for help and completion. */
public final class BoardNames implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return Boards.all().stream().map(Board::name).iterator();
  }
}
