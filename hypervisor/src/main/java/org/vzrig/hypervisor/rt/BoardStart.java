package org.vzrig.hypervisor.rt;

import java.util.ArrayList;
import java.util.List;
import org.vzrig.boards.Board;
import org.vzrig.boards.Led;
import org.vzrig.boards.Pin;
import org.vzrig.boards.Uart;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.SetupWord;
import org.vzrig.hypervisor.rt.core.Core;

/**
 * Brings the chip and the board into the state that guests expect: clocks of peripherals,
 * permission groups, console pins, lights.
 */
final class BoardStart {
  private static final int SYSKEY = 0x1F800030;
  private static final int CFGCON = 0x1F800000;
  private static final int PRECON = 0x1F8E0000;
  private static final int PB2DIV = 0x1F801310;
  private static final int U1RXR = 0x1F801468;
  private static final int RPA0R = 0x1F801500;
  private static final int PORTS = 0x1F860000;
  private static final int ANSEL = 0x00;
  private static final int TRIS = 0x10;
  private static final int LAT = 0x30;
  private static final int CLR = 4;
  private static final int SET = 8;
  private static final int ECCCON = 3 << 4;
  private static final int ECC_DYNAMIC = 1 << 4;

  private static final int SB_TARGETS = 0x1F8F8000;
  private static final int SB_RD = 0x50;
  private static final int SB_WR = 0x58;
  private static final int ROOT_GROUP = 1;

  /** System bus targets and their regions: SB registers, flash, EBI, sets 1 and 5, USB to RNG. */
  private static final int[][] OTHER_TARGETS = {
    {0, 0, 1},
    {1, 0, 2, 3, 4, 5, 6, 7, 8},
    {4, 0, 2},
    {5, 0, 1, 2},
    {9, 0, 1},
    {10, 0},
    {11, 0, 1},
    {12, 0},
    {13, 0}
  };

  /** Instruction prefetch and two wait states. */
  private static final int PRECON_START = 0x12;

  private final Core core;
  private final Board board;
  private final List<SetupWord> unanswered = new ArrayList<>();

  BoardStart(Core core, Board board) {
    this.core = core;
    this.board = board;
  }

  /** What comes before anything else; system registers stay unlocked, as under tinyVP. */
  void open(Layout layout) {
    core.write(SYSKEY, 0xAA996655);
    core.write(SYSKEY, 0x556699AA);
    core.write(PRECON, PRECON_START);
    core.write(CFGCON, core.read(CFGCON) & ~ECCCON | ECC_DYNAMIC);
    layout.boardSetup().forEach(this::write);
    if (layout.guests().stream().anyMatch(vm -> vm.dma() != null)) {
      closeToDma();
    }
    connect(board.console());
    show("yellow");
  }

  private void write(SetupWord word) {
    int value =
        word.value()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no number for %s at %08x: %s"
                            .formatted(word.name(), word.address(), word.text())));
    try {
      core.write(word.address() & 0x1FFFFFFF, value);
    } catch (BusError e) {
      unanswered.add(word);
    }
  }

  /**
   * The layout's setup rules RAM and the peripheral sets 2 to 4; everything else is closed to
   * guests' DMA here, or a guest could reach the interrupt controller and the flash through it.
   */
  private void closeToDma() {
    for (int[] target : OTHER_TARGETS) {
      for (int i = 1; i < target.length; i++) {
        int region = SB_TARGETS + target[0] * 0x400 + target[i] * 0x20;
        core.write(region + SB_RD, ROOT_GROUP);
        core.write(region + SB_WR, ROOT_GROUP);
      }
    }
  }

  /** On a board with a loader the loader has done this already, with the same result. */
  private void connect(Uart console) {
    core.write(U1RXR + (console.number() - 1) * 8, console.receiveSelect());
    Pin pin = console.transmit();
    core.write(RPA0R + pin.portIndex() * 0x40 + pin.bit() * 4, console.transmitSelect());
  }

  /** Setup words that nothing took, because nothing is at their address. */
  List<SetupWord> unanswered() {
    return unanswered;
  }

  /** Says through the lights that the start has worked. */
  void ready() {
    show("green");
  }

  /** The sign of a non-maskable interrupt. */
  void allLights() {
    board.leds().forEach(led -> light(led, true));
  }

  /** Boards whose lights have colours show how far the start is; others leave them to guests. */
  private void show(String colour) {
    if (board.loader().isPresent()) {
      return;
    }
    board.leds().forEach(led -> light(led, led.colour().equals(colour)));
  }

  private void light(Led led, boolean on) {
    int port = PORTS + led.pin().portIndex() * 0x100;
    int bit = 1 << led.pin().bit();
    core.write(port + ANSEL + CLR, bit);
    core.write(port + LAT + (on != led.activeLow() ? SET : CLR), bit);
    core.write(port + TRIS + CLR, bit);
  }

  /** PBCLK2, which the UARTs run from. */
  long peripheralHz(long sysclkHz) {
    return sysclkHz / ((core.read(PB2DIV) & 0x7F) + 1);
  }
}
