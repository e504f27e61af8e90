package org.vzrig.emulator.cpu;

/** Told when the thread that runs a core works for the translator. */
@FunctionalInterface
public interface TranslationWatcher {
  /** It begins, or it ends. */
  void working(boolean begins);
}
