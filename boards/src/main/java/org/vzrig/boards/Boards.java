package org.vzrig.boards;

import java.util.List;
import java.util.Optional;

/**
 * The boards that we know. Consoles, lights and configuration words are those of tinyVP's board
 * files and of the chipKIT loader; sockets for memory cards those of LiteBSD's kernel
 * configurations WIFIRE, EMZ64 and MEBII.
 */
public final class Boards {
  private static final int MHZ = 1_000_000;

  /** Digilent's chipKIT WiFire revision D. */
  public static final Board WIFIRE =
      new Board(
          "wifire",
          List.of("DigilentChipKitWiFire", "chipkit-wifire"),
          "Digilent chipKIT WiFire rev. D",
          Chip.pic32mzEf("PIC32MZ2048EFG100", 0x720_E053, 2048, 512),
          24 * MHZ,
          new Uart(4, 115_200, Pin.of("RF2"), 0xB, Pin.of("RF8"), 2),
          List.of(led("LD1", "RG6"), led("LD2", "RD4"), led("LD3", "RB11"), led("LD4", "RG15")),
          List.of(
              new Button("BTN1", Pin.of("RA5"), false), new Button("BTN2", Pin.of("RA4"), false)),
          Optional.of(SdSlot.of(3, "RC3")),
          DevCfg.of(0x86FF_FFFF, 0xFFF9_B11A, 0x0374_3CB9, 0xFFFF_F7D7),
          Optional.of(new Loader(0x9D00_1000, 0x9D00_0000, 2000, Pin.of("RG6"), Pin.of("RD4"))),
          TinyVp.behindLoader(0xFFFF_FFF7));

  /** Olimex's PIC32-EMZ64. */
  public static final Board OLIMEX_EMZ64 =
      new Board(
          "olimex-emz64",
          List.of("OlimexPic32EMZ64"),
          "Olimex PIC32-EMZ64",
          Chip.pic32mzEf("PIC32MZ2048EFH064", 0x720_9053, 2048, 512),
          24 * MHZ,
          new Uart(4, 115_200, Pin.of("RD0"), 3, Pin.of("RD4"), 2),
          List.of(
              new Led("LED1", "green", Pin.of("RB8"), false),
              new Led("LED2", "yellow", Pin.of("RB9"), false),
              new Led("LED3", "red", Pin.of("RB10"), false)),
          buttonsOnB("BUT1", "BUT2", "BUT3"),
          Optional.of(new SdSlot(2, Pin.of("RG9"), Optional.of(Pin.of("RF0")))),
          DevCfg.of(0xCEFF_FFFF, 0xFFF9_B12A, 0x5F74_FE39, 0xFFFF_F7D3),
          Optional.empty(),
          TinyVp.inBootFlash(0xFFFF_FFF7));

  /** Microchip's PIC32MZ EF starter kit on the multimedia expansion board II. */
  public static final Board DM320007 =
      new Board(
          "dm320007",
          List.of("Microchip-DM320007+MEBII", "DM320007+MEBII"),
          "Microchip PIC32MZ EF starter kit DM320007 with MEB-II",
          Chip.pic32mzEf("PIC32MZ2048EFM144", 0x724_F053, 2048, 512),
          24 * MHZ,
          new Uart(1, 115_200, Pin.of("RA14"), 13, Pin.of("RA15"), 1),
          List.of(
              new Led("LED1", "red", Pin.of("RH0"), false),
              new Led("LED2", "yellow", Pin.of("RH1"), false),
              new Led("LED3", "green", Pin.of("RH2"), false)),
          buttonsOnB("SW1", "SW2", "SW3"),
          Optional.of(SdSlot.of(2, "RB14")),
          DevCfg.of(0xFEFF_FFFF, 0xFFF9_B11A, 0x3F74_3839, 0xFFFF_F7D7),
          Optional.empty(),
          TinyVp.inBootFlash(0xFFFF_FFFE));

  private static final List<Board> ALL = List.of(WIFIRE, OLIMEX_EMZ64, DM320007);

  private Boards() {}

  /** All boards. */
  public static List<Board> all() {
    return ALL;
  }

  /** The board called {@code name}, ours or an alias, in any letter case. */
  public static Optional<Board> named(String name) {
    return ALL.stream()
        .filter(
            b ->
                b.name().equalsIgnoreCase(name)
                    || b.aliases().stream().anyMatch(name::equalsIgnoreCase))
        .findFirst();
  }

  private static Led led(String name, String pin) {
    return new Led(name, "plain", Pin.of(pin), false);
  }

  /** Three buttons that pull RB12, RB13 and RB14 low. */
  private static List<Button> buttonsOnB(String first, String second, String third) {
    return List.of(
        new Button(first, Pin.of("RB12"), true),
        new Button(second, Pin.of("RB13"), true),
        new Button(third, Pin.of("RB14"), true));
  }
}
