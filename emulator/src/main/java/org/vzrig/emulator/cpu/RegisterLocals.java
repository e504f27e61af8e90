package org.vzrig.emulator.cpu;

import java.lang.classfile.CodeBuilder;
import java.util.TreeMap;
import java.util.TreeSet;

/** The general registers that a region uses, as locals of its method. */
final class RegisterLocals {
  private final CodeBuilder b;
  private final int gpr;
  private final TreeMap<Integer, Integer> locals = new TreeMap<>();
  private final TreeSet<Integer> written = new TreeSet<>();

  RegisterLocals(RegionPlan plan, CodeBuilder b, int gpr, int first) {
    this.b = b;
    this.gpr = gpr;
    plan.blocks().values().forEach(this::scan);
    int next = first;
    for (var local : locals.entrySet()) {
      local.setValue(next++);
    }
  }

  private void scan(RegionPlan.Block block) {
    block.body().forEach(this::scan);
    if (block.branch() != null) {
      scan(block.branch());
    }
    if (block.slot() != null) {
      scan(block.slot());
    }
  }

  private void scan(RegionPlan.Insn insn) {
    InsnDef def = insn.def();
    for (String operand : def.operands()) {
      if (operand.length() == 2 && operand.charAt(0) == 'r') {
        locals.put(def.field(operand.charAt(1)).of(insn.word()), 0);
      }
    }
    if (def.returns(int.class) && !def.flow().jumps()) {
      write(def.field(def.destination()).of(insn.word()));
    }
    if (def.flow().links()) {
      write(def.flow().jumps() && def.has('d') ? def.field('d').of(insn.word()) : 31);
    }
  }

  private void write(int register) {
    if (register != 0) {
      locals.put(register, 0);
      written.add(register);
    }
  }

  /** Loads all from the register array. */
  void load() {
    locals.forEach((register, local) -> b.aload(gpr).bipush(register).iaload().istore(local));
  }

  /** Stores those that the region writes back to the register array. */
  void store() {
    written.forEach(register -> b.aload(gpr).bipush(register).iload(local(register)).iastore());
  }

  /** Writes the registers back and pushes their array. */
  void pushArray() {
    store();
    b.aload(gpr);
  }

  /** Pushes a register. */
  void get(int register) {
    if (register == 0) {
      b.iconst_0();
    } else {
      b.iload(local(register));
    }
  }

  /** Sets a register to what {@code value} pushes; r0 takes nothing. */
  void set(int register, Runnable value) {
    value.run();
    if (register == 0) {
      b.pop();
    } else {
      b.istore(local(register));
    }
  }

  private int local(int register) {
    Integer local = locals.get(register);
    if (local == null) {
      throw new IllegalStateException("r" + register + " was not planned");
    }
    return local;
  }
}
