package org.vzrig.boards.image;

/**
 * Where bytes come from.
 *
 * @param file name of the file as the user gave it
 * @param line line in a text file, counted from 1; 0 for files without lines
 */
public record Origin(String file, int line) {
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
