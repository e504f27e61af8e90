package org.vzrig.boards.image;

/**
 * A symbol of an ELF file.
 *
 * @param name its name
 * @param address its virtual address
 * @param size its size in bytes, 0 where the file gives none
 * @param kind what it names
 * @param microMips whether it names microMIPS code
 */
public record Symbol(String name, int address, int size, Kind kind, boolean microMips) {
  /** What a symbol names. */
  public enum Kind {
    /** Code. */
    FUNCTION,
    /** Data. */
    OBJECT,
    /** A label, or anything else. */
    OTHER
  }
}
