package org.vzrig.packaging;

import java.util.List;

/** Writes the language of manual pages. */
final class Roff {
  private final StringBuilder text = new StringBuilder();

  /** A page called {@code name} of {@code section}, last changed on {@code date}. */
  Roff(String name, int section, String date, String source) {
    line(".TH \"%s\" \"%d\" \"%s\" \"%s\" \"vzrig\"".formatted(name, section, date, source));
    // neither hyphenation nor blanks to fill lines: names of files and options stay whole
    line(".nh");
    line(".ad l");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** {@code plain} as text: nothing of it is an instruction to the formatter. */
  static String escape(String plain) {
    String escaped = plain.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  Roff section(String title) {
    line(".SH \"" + title + "\"");
    return this;
  }

  /** Lines of running text; blank ones part paragraphs. */
  Roff paragraphs(List<String> lines) {
    for (String line : lines) {
      line(line.isBlank() ? ".PP" : escape(line.strip()));
    }
    return this;
  }

  /** Lines that stand as they are. */
  Roff verbatim(List<String> lines) {
    line(".nf");
    lines.forEach(line -> line(escape(line)));
    line(".fi");
    return this;
  }

  /** A term and its meaning. */
  Roff item(String term, List<String> meaning) {
    line(".TP");
    line("\\fB" + escape(term) + "\\fP");
    return paragraphs(meaning.isEmpty() ? List.of(" ") : meaning);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
