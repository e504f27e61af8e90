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
import java.util.function.BiConsumer;
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
class InterpreterGenerator {
  /** HotSpot never compiles a method with more bytecode than this. */
  static final int HUGE_METHOD = 8000;

  static final ClassDesc CPU = Cpu.class.describeConstable().orElseThrow();
  private static final ClassDesc INTS = CD_int.arrayType();
  static final ClassDesc LONGS = CD_long.arrayType();
  private static final ClassDesc SELF =
      ClassDesc.of(Cpu.class.getPackageName(), "GeneratedInterpreter");

  private static final MethodTypeDesc RARE =
      MethodTypeDesc.of(CD_void, CPU, INTS, CD_int, CD_int, CD_int);

  static final int CPU_LOCAL = 1;
  static final int GPR = 2;
  static final int CODE = 3;
  static final int PC = 4;
  static final int NEXT_PC = 5;
  static final int N = 6;
  static final int BASE = 7;
  static final int WORD = 8;
  static final int TEMP = 9;
  static final int PACKED = 10;

  final CodeBuilder b;
  final InsnEmitter emitter;
  final Label loop;
  final Label advance;
  private final List<InsnDef> defs;

  /** For the instructions {@code defs}, whose operands {@code emitter} knows to find. */
  InterpreterGenerator(CodeBuilder b, InsnEmitter emitter, List<InsnDef> defs) {
    this.b = b;
    this.emitter = emitter;
    this.defs = defs;
    loop = b.newLabel();
    advance = b.newLabel();
  }

  /** Generates, loads and makes the interpreter of MIPS32. */
  static Interpreter generate() {
    return load(bytes());
  }

  static Interpreter load(byte[] bytes) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return (Interpreter)
          lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("the interpreter could not be generated", e);
    }
  }

  static byte[] bytes() {
    List<InsnDef> defs = InsnTable.MIPS32.all();
    return bytes(
        defs,
        b -> new InterpreterGenerator(b, new WordEmitter(b, CPU_LOCAL, GPR, WORD, PC), defs).run());
  }

  /** A class whose main loop {@code run} writes. */
  static byte[] bytes(List<InsnDef> defs, Consumer<CodeBuilder> run) {
    return ClassFile.of().build(SELF, cb -> build(cb, defs, run));
  }

  private static void build(ClassBuilder cb, List<InsnDef> defs, Consumer<CodeBuilder> run) {
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
    cb.withMethodBody("run", MethodTypeDesc.of(CD_void, CPU), ClassFile.ACC_PUBLIC, run);
    for (Class<?> group : rareGroups(defs)) {
      cb.withMethodBody(
          rareName(group),
          RARE,
          ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE,
          b -> rare(b, rareOf(defs, group)));
    }
  }

  // --- the main loop

  final void run() {
    Label samePage = b.newLabel();
    prologue();
    b.labelBinding(loop);
    b.iinc(N, 1);
    b.iload(PC).iload(BASE).ixor().loadConstant(SoftTlb.PAGE | fetchTag()).iand().ifeq(samePage);
    fetchPage();
    b.labelBinding(samePage);
    fetch();
    Label dispatch = b.newLabel();
    b.labelBinding(dispatch);
    b.lload(PACKED).l2i().istore(WORD);
    decoded();
    id();
    dispatch(dispatch);
  }

  /** The lowest bits of a PC that have to be those of the page's base. */
  int fetchTag() {
    return 3;
  }

  /** Takes the decoded instruction at PC from the page. */
  void fetch() {
    b.aload(CODE).iload(PC).sipush(0xFFC).iand().iconst_2().iushr().laload().lstore(PACKED);
  }

  /** PACKED holds the instruction that executes next. */
  void decoded() {}

  /** Pushes the id of the instruction that executes. */
  void id() {
    b.lload(PACKED).bipush(32).lushr().l2i();
  }

  void prologue() {
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
    b.invokevirtual(CPU, fetchMethod(), MethodTypeDesc.of(LONGS, CD_int)).astore(CODE);
    get("fetchBase", CD_int).istore(BASE);
  }

  String fetchMethod() {
    return "fetchPage";
  }

  private void dispatch(Label dispatch) {
    List<SwitchCase> cases = new ArrayList<>();
    List<Consumer<Label>> bodies = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    Label rare = b.newLabel();
    add(cases, labels, bodies, 0, l -> undecoded());
    add(cases, labels, bodies, CodePage.ENTER, l -> enter(dispatch));
    special((id, body) -> add(cases, labels, bodies, id, l -> body.accept(dispatch)));
    for (InsnDef def : defs) {
      if (!isRare(def)) {
        add(cases, labels, bodies, def.id(), l -> instruction(def));
      }
    }
    int first = cases.stream().mapToInt(SwitchCase::caseValue).min().orElseThrow();
    b.tableswitch(first, defs.getLast().id(), rare, cases);
    for (int i = 0; i < bodies.size(); i++) {
      b.labelBinding(labels.get(i));
      bodies.get(i).accept(labels.get(i));
    }
    b.labelBinding(rare);
    callRare();
    tail();
  }

  /** Further pseudo instructions: id, and what to do with the label that dispatches again. */
  void special(BiConsumer<Integer, Consumer<Label>> cases) {}

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
   * Translated code starts here, or code of the other instruction set: leave for it, unless this is
   * a delay slot, which belongs to its branch.
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
  void tail() {
    b.labelBinding(advance);
    b.iload(NEXT_PC).dup().istore(PC).iconst_4().iadd().istore(NEXT_PC);
    b.iload(N);
    get("limit", CD_int).if_icmplt(loop);
    exit();
  }

  final void exit() {
    spill();
    b.return_();
  }

  // --- branches

  void branch(InsnDef def) {
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

  final void link(int register) {
    b.aload(GPR).bipush(register);
    returnAddress();
    b.iastore();
  }

  void returnAddress() {
    b.iload(PC).bipush(8).iadd();
  }

  /** The slot executes next, whatever the budget; TEMP is where the branch goes after it. */
  void intoDelaySlot() {
    b.aload(CPU_LOCAL).iload(N).iconst_1().iadd().putfield(CPU, "delaySlot", CD_int);
    b.iload(NEXT_PC).istore(PC);
    b.iload(TEMP).istore(NEXT_PC);
    b.goto_(loop);
  }

  // --- instructions outside the main switch

  /** Each class of rare instructions has its own method: together they would be too long. */
  private static List<Class<?>> rareGroups(List<InsnDef> defs) {
    return defs.stream()
        .filter(InterpreterGenerator::isRare)
        .<Class<?>>map(d -> d.method().getDeclaringClass())
        .distinct()
        .toList();
  }

  private static List<InsnDef> rareOf(List<InsnDef> defs, Class<?> group) {
    return defs.stream().filter(d -> isRare(d) && d.method().getDeclaringClass() == group).toList();
  }

  private static String rareName(Class<?> group) {
    return "execute" + group.getSimpleName();
  }

  private void callRare() {
    spill();
    Label done = b.newLabel();
    for (Class<?> group : rareGroups(defs)) {
      Label next = b.newLabel();
      id();
      b.loadConstant(rareOf(defs, group).getLast().id()).if_icmpgt(next);
      b.aload(CPU_LOCAL).aload(GPR).iload(WORD).iload(PC);
      id();
      b.invokestatic(SELF, rareName(group), RARE);
      b.goto_(done);
      b.labelBinding(next);
    }
    b.labelBinding(done);
  }

  private static void rare(CodeBuilder b, List<InsnDef> defs) {
    InsnEmitter emitter = new WordEmitter(b, 0, 1, 2, 3);
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

  final void spill() {
    put("pc", CD_int, PC);
    put("n", CD_int, N);
  }

  final void put(String field, ClassDesc type, int local) {
    b.aload(CPU_LOCAL).iload(local).putfield(CPU, field, type);
  }

  final CodeBuilder get(String field, ClassDesc type) {
    return b.aload(CPU_LOCAL).getfield(CPU, field, type);
  }
}
