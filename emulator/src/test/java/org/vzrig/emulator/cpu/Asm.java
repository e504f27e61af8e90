package org.vzrig.emulator.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.vzrig.emulator.machine.Machine;

/** Encodes instructions from the table's own patterns, for tests. */
final class Asm {
  private final List<Integer> words = new ArrayList<>();

  /**
   * Appends {@code name} with its fields as letter-value pairs, such as {@code "addu", 's', 4, 't',
   * 5, 'd', 2}.
   */
  Asm op(String name, int... fields) {
    InsnDef def = InsnTable.MIPS32.named(name);
    int word = def.match();
    for (int i = 0; i < fields.length; i += 2) {
      InsnDef.Field field = def.field((char) fields[i]);
      word |= (fields[i + 1] & (int) ((1L << field.width()) - 1)) << field.shift();
    }
    words.add(word);
    return this;
  }

  /** Loads a 32-bit constant into a register in two instructions. */
  Asm li(int register, int value) {
    op("lui", 't', register, 'i', value >>> 16);
    return op("ori", 's', register, 't', register, 'i', value & 0xFFFF);
  }

  Asm mtc0(int register, Cp0Reg reg) {
    return op("mtc0", 't', register, 'c', reg.number(), 'e', reg.select());
  }

  Asm mfc0(int register, Cp0Reg reg) {
    return op("mfc0", 't', register, 'c', reg.number(), 'e', reg.select());
  }

  Asm word(int word) {
    words.add(word);
    return this;
  }

  Asm nop() {
    return op("nop");
  }

  /** A branch to itself: where test programs end. */
  Asm stop() {
    return op("beq", 'i', -1).nop();
  }

  Asm append(Asm other) {
    words.addAll(other.words);
    return this;
  }

  int size() {
    return words.size() * 4;
  }

  /** Puts the program into the machine's memory at {@code address} of KSEG0 or KSEG1. */
  void load(Machine machine, int address) {
    ByteBuffer bytes = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
    words.forEach(bytes::putInt);
    machine.bus().load(address & 0x1FFF_FFFF, bytes.array());
  }

  List<Integer> words() {
    return words;
  }
}
