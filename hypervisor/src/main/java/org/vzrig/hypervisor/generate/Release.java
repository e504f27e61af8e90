package org.vzrig.hypervisor.generate;

/** Releases of tinyVP whose sources take their tables in different forms. */
public enum Release {
  /** The release 0.98: eight guests' slots in every table, entries and options in ic-tables.c. */
  V0_98("0.98"),
  /** What came after it: tables as long as needed, threads, vm_options.c and tinyVP.h. */
  HEAD("head");

  /** Slots in the tables of 0.98. */
  private static final int SLOTS = 8;

  private final String text;

  Release(String text) {
    this.text = text;
  }

  /** Entries in the tables by id when {@code last} is the highest id. */
  int entries(int last) {
    return this == V0_98 ? SLOTS : last + 1;
  }

  /** The line that includes what head's sources need first. */
  String include() {
    return this == V0_98 ? "" : "#include \"tinyVP.h\"\n";
  }

  @Override
  public String toString() {
    return text;
  }
}
