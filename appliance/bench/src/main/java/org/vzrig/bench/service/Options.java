package org.vzrig.bench.service;

import java.util.HashMap;
import java.util.Map;

/** Options of a benchmark, each as {@code name=value}. */
final class Options {
  private final Map<String, String> given = new HashMap<>();

  Options(String[] args) {
    for (String arg : args) {
      int at = arg.indexOf('=');
      if (at < 0) {
        throw new IllegalArgumentException("expected name=value, found '" + arg + "'");
      }
      given.put(arg.substring(0, at), arg.substring(at + 1));
    }
  }

  String text(String name, String otherwise) {
    return given.getOrDefault(name, otherwise);
  }

  double number(String name, double otherwise) {
    return Double.parseDouble(given.getOrDefault(name, String.valueOf(otherwise)));
  }
}
