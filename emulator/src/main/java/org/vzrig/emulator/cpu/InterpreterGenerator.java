package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Generates the interpreter from the table: one method with a switch over instruction ids, in which
 * pc, next pc, the instruction count and the register set are locals.
 *
 * <p>pc and count are written to the core before every method that can see them ({@code Cpu}
 * parameter), so that exceptions, timers and devices find them exact; branches note the count that
 * their delay slot will execute with, which makes "in a delay slot" a comparison and costs other
 * instructions nothing.
 */
final class InterpreterGenerator {
  /** HotSpot never compiles a method with more bytecode than this. */
  static final int HUGE_METHOD = 8000;

  private static final ClassDesc CPU = Cpu.class.describeConstable().orElseThrow();
  private static final ClassDesc INTS = CD_int.arrayType();
  private static final ClassDesc LONGS = CD_long.arrayType();
  private static final ClassDesc SELF =
      ClassDesc.of(Cpu.class.getPackageName(), "GeneratedInterpreter");

  private static final MethodTypeDesc RARE =
      MethodTypeDesc.of(CD_void, CPU, INTS, CD_int, CD_int, CD_int);

  private static final int CPU_LOCAL = 1;
  private static final int GPR = 2;
  private static final int CODE = 3;
  private static final int PC = 4;
  private static final int NEXT_PC = 5;
  private static final int N = 6;
  private static final int BASE = 7;
  private static final int WORD = 8;
  private static final int TEMP = 9;
  private static final int PACKED = 10;

  private final CodeBuilder b;
  private final InsnEmitter emitter;
  private final Label loop;
  private final Label advance;

  private InterpreterGenerator(CodeBuilder b) {
    this.b = b;
    emitter = new WordEmitter(b, CPU_LOCAL, GPR, WORD, PC);
    loop = b.newLabel();
    advance = b.newLabel();
  }

  /** Generates, loads and makes the interpreter of {@link InsnTable#MIPS32}. */
  static Interpreter generate() {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes(), true);
      return (Interpreter)
          lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("the interpreter could not be generated", e);
    }
  }

  static byte[] bytes() {
    return ClassFile.of().build(SELF, InterpreterGenerator::build);
  }

  private static void build(ClassBuilder cb) {
    cb.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
    cb.withInterfaceSymbols(Interpreter.class.describeConstable().orElseThrow());
    cb.withMethodBody(
        INIT_NAME,
        MTD_void,
        0,
        b ->
            b.aload(0)
                .invokespecial(Object.class.describeConstable().orElseThrow(), INIT_NAME, MTD_void)
                .return_());
    cb.withMethodBody(
        "run",
        MethodTypeDesc.of(CD_void, CPU),
        ClassFile.ACC_PUBLIC,
        b -> new InterpreterGenerator(b).run());
    for (Class<?> group : rareGroups()) {
      cb.withMethodBody(
          rareName(group), RARE, ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE, b -> rare(b, group));
    }
  }

  // --- the main loop

  private void run() {
    Label samePage = b.newLabel();
    prologue();
    b.labelBinding(loop);
    b.iinc(N, 1);
    b.iload(PC).iload(BASE).ixor().loadConstant(0xFFFF_F003).iand().ifeq(samePage);
    fetchPage();
    b.labelBinding(samePage);
    b.aload(CODE).iload(PC).sipush(0xFFC).iand().iconst_2().iushr().laload().lstore(PACKED);
    Label dispatch = b.newLabel();
    b.labelBinding(dispatch);
    b.lload(PACKED).l2i().istore(WORD);
    b.lload(PACKED).bipush(32).lushr().l2i();
    dispatch(dispatch);
  }

  private void prologue() {
    get("gpr", INTS).astore(GPR);
    get("pc", CD_int).dup().istore(PC);
    b.dup().iconst_4().iadd().istore(NEXT_PC);
    b.iconst_m1().ixor().istore(BASE);
    get("n", CD_int).istore(N);
    b.aconst_null().checkcast(LONGS).astore(CODE);
  }

  private void fetchPage() {
    spill();
    b.aload(CPU_LOCAL).iload(PC);
    b.invokevirtual(CPU, "fetchPage", MethodTypeDesc.of(LONGS, CD_int)).astore(CODE);
    get("fetchBase", CD_int).istore(BASE);
  }

  private void dispatch(Label dispatch) {
    List<SwitchCase> cases = new ArrayList<>();
    List<Consumer<Label>> bodies = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    Label rare = b.newLabel();
    add(cases, labels, bodies, 0, l -> undecoded());
    add(cases, labels, bodies, CodePage.ENTER, l -> enter(dispatch));
    for (InsnDef def : InsnTable.MIPS32.all()) {
      if (!isRare(def)) {
        add(cases, labels, bodies, def.id(), l -> instruction(def));
      }
    }
    b.tableswitch(CodePage.ENTER, InsnTable.MIPS32.all().size(), rare, cases);
    for (int i = 0; i < bodies.size(); i++) {
      b.labelBinding(labels.get(i));
      bodies.get(i).accept(labels.get(i));
    }
    b.labelBinding(rare);
    callRare();
    tail();
  }

  private void add(
      List<SwitchCase> cases,
      List<Label> labels,
      List<Consumer<Label>> bodies,
      int id,
      Consumer<Label> body) {
    Label label = b.newLabel();
    cases.add(SwitchCase.of(id, label));
    labels.add(label);
    bodies.add(body);
  }

  private static boolean isRare(InsnDef def) {
    return def.rare() && def.flow() == Flow.NEXT;
  }

  private void undecoded() {
    b.aload(CPU_LOCAL).iload(PC);
    b.invokevirtual(CPU, "decode", MethodTypeDesc.of(CD_void, CD_int));
    b.iinc(N, -1).goto_(loop);
  }

  /**
   * Translated code starts here: leave for it, unless this is a delay slot, which belongs to its
   * branch.
   */
  private void enter(Label dispatch) {
    Label slot = b.newLabel();
    get("delaySlot", CD_int).iload(N).if_icmpeq(slot);
    b.iinc(N, -1);
    exit();
    b.labelBinding(slot);
    b.aload(CPU_LOCAL).iload(PC);
    b.invokevirtual(CPU, "plainWord", MethodTypeDesc.of(CD_long, CD_int)).lstore(PACKED);
    b.goto_(dispatch);
  }

  private void instruction(InsnDef def) {
    if (def.touchesCpu()) {
      spill();
    }
    if (def.flow().branches()) {
      branch(def);
    } else if (def.flow().jumps()) {
      jump(def);
    } else if (def.flow() == Flow.END) {
      put("next", CD_int, NEXT_PC);
      emitter.execute(def);
      get("next", CD_int).istore(PC);
      exit();
    } else {
      emitter.execute(def);
      b.goto_(advance);
    }
  }

  /** Falls out of the switch: go on with the next instruction while the budget lasts. */
  private void tail() {
    b.labelBinding(advance);
    b.iload(NEXT_PC).dup().istore(PC).iconst_4().iadd().istore(NEXT_PC);
    b.iload(N);
    get("limit", CD_int).if_icmplt(loop);
    exit();
  }

  private void exit() {
    spill();
    b.return_();
  }

  // --- branches

  private void branch(InsnDef def) {
    Label notTaken = b.newLabel();
    emitter.value(def);
    if (def.flow().links()) {
      b.istore(TEMP);
      link(31);
      b.iload(TEMP);
    }
    b.ifeq(notTaken);
    b.iload(PC).iconst_4().iadd().iload(WORD).i2s().iconst_2().ishl().iadd().istore(TEMP);
    intoDelaySlot();
    b.labelBinding(notTaken);
    if (def.flow().likely()) {
      b.iinc(NEXT_PC, 4).goto_(advance);
    } else {
      b.iload(NEXT_PC).iconst_4().iadd().istore(TEMP);
      intoDelaySlot();
    }
  }

  private void jump(InsnDef def) {
    emitter.value(def);
    b.istore(TEMP);
    if (def.flow().links()) {
      if (def.has('d')) {
        emitter.storeRegister(def, 'd', this::returnAddress);
      } else {
        link(31);
      }
    }
    intoDelaySlot();
  }

  private void link(int register) {
    b.aload(GPR).bipush(register);
    returnAddress();
    b.iastore();
  }

  private void returnAddress() {
    b.iload(PC).bipush(8).iadd();
  }

  /** The slot executes next, whatever the budget; TEMP is where the branch goes after it. */
  private void intoDelaySlot() {
    b.aload(CPU_LOCAL).iload(N).iconst_1().iadd().putfield(CPU, "delaySlot", CD_int);
    b.iload(NEXT_PC).istore(PC);
    b.iload(TEMP).istore(NEXT_PC);
    b.goto_(loop);
  }

  // --- instructions outside the main switch

  /** Each class of rare instructions has its own method: together they would be too long. */
  private static List<Class<?>> rareGroups() {
    return InsnTable.MIPS32.all().stream()
        .filter(InterpreterGenerator::isRare)
        .<Class<?>>map(d -> d.method().getDeclaringClass())
        .distinct()
        .toList();
  }

  private static List<InsnDef> rareOf(Class<?> group) {
    return InsnTable.MIPS32.all().stream()
        .filter(d -> isRare(d) && d.method().getDeclaringClass() == group)
        .toList();
  }

  private static String rareName(Class<?> group) {
    return "execute" + group.getSimpleName();
  }

  private void callRare() {
    spill();
    Label done = b.newLabel();
    for (Class<?> group : rareGroups()) {
      Label next = b.newLabel();
      b.lload(PACKED).bipush(32).lushr().l2i();
      b.loadConstant(rareOf(group).getLast().id()).if_icmpgt(next);
      b.aload(CPU_LOCAL).aload(GPR).iload(WORD).iload(PC);
      b.lload(PACKED).bipush(32).lushr().l2i();
      b.invokestatic(SELF, rareName(group), RARE);
      b.goto_(done);
      b.labelBinding(next);
    }
    b.labelBinding(done);
  }

  private static void rare(CodeBuilder b, Class<?> group) {
    InsnEmitter emitter = new WordEmitter(b, 0, 1, 2, 3);
    List<InsnDef> defs = rareOf(group);
    Label none = b.newLabel();
    List<SwitchCase> cases = defs.stream().map(d -> SwitchCase.of(d.id(), b.newLabel())).toList();
    b.iload(4).tableswitch(defs.getFirst().id(), defs.getLast().id(), none, cases);
    for (int i = 0; i < defs.size(); i++) {
      b.labelBinding(cases.get(i).target());
      emitter.execute(defs.get(i));
      b.return_();
    }
    b.labelBinding(none);
    b.return_();
  }

  // --- state of the core

  private void spill() {
    put("pc", CD_int, PC);
    put("n", CD_int, N);
  }

  private void put(String field, ClassDesc type, int local) {
    b.aload(CPU_LOCAL).iload(local).putfield(CPU, field, type);
  }

  private CodeBuilder get(String field, ClassDesc type) {
    return b.aload(CPU_LOCAL).getfield(CPU, field, type);
  }
}
