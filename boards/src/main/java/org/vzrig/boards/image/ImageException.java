package org.vzrig.boards.image;

import java.util.List;
import java.util.stream.Collectors;

/** An image that cannot be used, with everything that is wrong with it. */
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /** With at least one problem. */
  public ImageException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong, in the order of the files. */
  public List<Problem> problems() {
    return problems;
  }
}
