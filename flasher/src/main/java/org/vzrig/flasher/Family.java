package org.vzrig.flasher;

/** What the parts of a PIC32 family have in common for programming. */
public enum Family {
  /** PIC32MX1xx, 2xx and 5xx. */
  MX1("mx1", 3, 0x0BF0, 128, 1 << 10, 422, 0x0301),
  /** PIC32MX3xx to 7xx. */
  MX3("mx3", 12, 0x2FF0, 512, 4 << 10, 1044, 0x0201),
  /** PIC32MZ. */
  MZ("mz", 80, 0xFFC0, 2048, 16 << 10, 1052, 0x0502),
  /** PIC32MK; its words stand in boot flash panel 1 at 3FC0. */
  MK("mk", 16, 0x3FC0, 512, 4 << 10, 804, 0x0506),
  /** PIC32MM GPL. */
  MM_GPL("mm_gpl", 4, 0x1700, 256, 2 << 10, 555, 0x0510),
  /** PIC32MM GPM. */
  MM_GPM("mm_gpm", 4, 0x1700, 256, 2 << 10, 555, 0x0510),
  /** A boot loader that does not tell which part it runs on; the part's own data is unknown. */
  BOOTLOADER("bootloader", 80, 0, 1024, 16 << 10, 0, 0);

  private final String key;
  private final int bootKib;
  private final int devcfgOffset;
  private final int rowBytes;
  private final int pageBytes;
  private final int executiveWords;
  private final int executiveVersion;

  Family(
      String key,
      int bootKib,
      int devcfgOffset,
      int rowBytes,
      int pageBytes,
      int executiveWords,
      int executiveVersion) {
    this.key = key;
    this.bootKib = bootKib;
    this.devcfgOffset = devcfgOffset;
    this.rowBytes = rowBytes;
    this.pageBytes = pageBytes;
    this.executiveWords = executiveWords;
    this.executiveVersion = executiveVersion;
  }

  /** Name in the part table. */
  public String key() {
    return key;
  }

  /** Boot flash in bytes as pic32prog tells it. */
  public int bootBytes() {
    return bootKib << 10;
  }

  /** Bytes from 1FC00000 on that can be programmed, configuration words included. */
  public int bootWindow() {
    return mm() ? 0x1800 : bootBytes();
  }

  /** Whether boot flash has two panels, seen through a lower and an upper alias. */
  public boolean twoPanels() {
    return this == MZ || this == MK;
  }

  /** Offset of the configuration words from 1FC00000; 0 where there are none to check. */
  public int devcfgOffset() {
    return devcfgOffset;
  }

  /** Bytes that a row program operation writes. */
  public int rowBytes() {
    return rowBytes;
  }

  /** Bytes that are erased at once. */
  public int pageBytes() {
    return pageBytes;
  }

  /** Words of Microchip's programming executive for the family. */
  public int executiveWords() {
    return executiveWords;
  }

  /** Version that the programming executive reports. */
  public int executiveVersion() {
    return executiveVersion;
  }

  /** Whether a MIPS32 MX or MZ, whose DEVCFG0 must not be all ones. */
  public boolean hasDevcfg0() {
    return this == MX1 || this == MX3 || this == MZ;
  }

  /** Whether one of the MX families. */
  public boolean mx() {
    return this == MX1 || this == MX3;
  }

  /** Whether the microMIPS-only MM family. */
  public boolean mm() {
    return this == MM_GPL || this == MM_GPM;
  }
}
