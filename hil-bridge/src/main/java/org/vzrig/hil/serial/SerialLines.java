package org.vzrig.hil.serial;

/** Opens serial lines by what users call them. */
public final class SerialLines {
  private SerialLines() {}

  /** Opens a port of this computer, or one behind {@code rfc2217://HOST:PORT}. */
  public static SerialLine.Opener opener(String name) {
    return name.startsWith(Rfc2217Line.PREFIX) ? Rfc2217Line.opener(name) : JsscLine.opener(name);
  }
}
