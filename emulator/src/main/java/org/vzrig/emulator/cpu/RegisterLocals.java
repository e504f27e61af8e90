package org.vzrig.emulator.cpu;

import java.lang.classfile.CodeBuilder;
import java.util.TreeMap;
import java.util.TreeSet;

/** The general registers and accumulators that a region uses, as locals of its method. */
final class RegisterLocals {
  private final CodeBuilder b;
  private final int cpu;
  private final int gpr;
  private final TreeMap<Integer, Integer> locals = new TreeMap<>();
  private final TreeSet<Integer> written = new TreeSet<>();
  private final TreeMap<Integer, Integer> accumulators = new TreeMap<>();
  private final TreeSet<Integer> accumulated = new TreeSet<>();
  private final int end;

  /** {@code cpu} and {@code gpr} are the locals of the core and its registers. */
  RegisterLocals(RegionPlan plan, CodeBuilder b, int cpu, int gpr, int first) {
    this.b = b;
    this.cpu = cpu;
    this.gpr = gpr;
    plan.insns().forEach(this::scan);
    int next = first;
    for (var local : locals.entrySet()) {
      local.setValue(next++);
    }
    for (var accumulator : accumulators.entrySet()) {
      accumulator.setValue(next);
      next += 2;
    }
    end = next;
  }

  private void scan(RegionPlan.Insn insn) {
    InsnDef def = insn.def();
    for (String operand : def.operands()) {
      if (operand.length() == 2 && operand.charAt(0) == 'r') {
        locals.put(def.field(operand.charAt(1)).of(insn.word()), 0);
      }
    }
    if (def.operands().contains("acc")) {
      accumulators.put(index(insn), 0);
    }
    if (def.returns(long.class) && !def.returnsFpu()) {
      accumulators.put(index(insn), 0);
      accumulated.add(index(insn));
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

  /** The first local after theirs. */
  int end() {
    return end;
  }

  /** Which accumulator the instruction works on. */
  private static int index(RegionPlan.Insn insn) {
    return insn.def().has('q') ? insn.def().field('q').of(insn.word()) : 0;
  }

  /** Loads all from the core. */
  void load() {
    locals.forEach((register, local) -> b.aload(gpr).bipush(register).iaload().istore(local));
    accumulators.forEach((index, local) -> array(index).laload().lstore(local));
  }

  /** Stores those that the region writes back to the core. */
  void store() {
    written.forEach(register -> b.aload(gpr).bipush(register).iload(local(register)).iastore());
    accumulated.forEach(index -> array(index).lload(accumulator(index)).lastore());
  }

  private CodeBuilder array(int accumulator) {
    return b.aload(cpu)
        .getfield(InsnEmitter.CPU, "ac", InsnEmitter.LONGS)
        .loadConstant(accumulator);
  }

  /** The local of the accumulator that the instruction works on. */
  int accumulator(RegionPlan.Insn insn) {
    return accumulator(index(insn));
  }

  private int accumulator(int index) {
    Integer local = accumulators.get(index);
    if (local == null) {
      throw new IllegalStateException("accumulator " + index + " was not planned");
    }
    return local;
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
