package org.vzrig.appliance.gdb;

/** The description of the registers, with the features that GDB knows for MIPS. */
final class TargetXml {
  static final int STATUS = 32;
  static final int LO = 33;
  static final int HI = 34;
  static final int BADVADDR = 35;
  static final int CAUSE = 36;
  static final int PC = 37;
  static final int F0 = 38;
  static final int FCSR = 70;
  static final int FIR = 71;

  /** Registers that have numbers. */
  static final int COUNT = 72;

  private TargetXml() {}

  /** Bytes of register {@code number} in packets. */
  static int bytes(int number) {
    return number >= F0 && number < FCSR ? 8 : 4;
  }

  static String text() {
    StringBuilder xml =
        new StringBuilder(
            "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target>"
                + "<architecture>mips:isa32r2</architecture>"
                + "<feature name=\"org.gnu.gdb.mips.cpu\">");
    for (int r = 0; r < 32; r++) {
      reg(xml, "r" + r, r, "int");
    }
    reg(xml, "lo", LO, "int");
    reg(xml, "hi", HI, "int");
    reg(xml, "pc", PC, "code_ptr");
    xml.append("</feature><feature name=\"org.gnu.gdb.mips.cp0\">");
    reg(xml, "status", STATUS, "int");
    reg(xml, "badvaddr", BADVADDR, "int");
    reg(xml, "cause", CAUSE, "int");
    xml.append("</feature><feature name=\"org.gnu.gdb.mips.fpu\">");
    for (int f = 0; f < 32; f++) {
      reg(xml, "f" + f, F0 + f, "ieee_double");
    }
    reg(xml, "fcsr", FCSR, "int");
    reg(xml, "fir", FIR, "int");
    return xml.append("</feature></target>").toString();
  }

  private static void reg(StringBuilder xml, String name, int number, String type) {
    xml.append(
        "<reg name=\"%s\" bitsize=\"%d\" type=\"%s\" regnum=\"%d\"/>"
            .formatted(name, 8 * bytes(number), type, number));
  }
}
