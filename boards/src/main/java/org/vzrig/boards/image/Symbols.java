package org.vzrig.boards.image;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the symbol that an address belongs to. Immutable. */
public final class Symbols {
  /** No symbols at all. */
  public static final Symbols NONE = new Symbols(List.of());

  /** How far behind a symbol without a size an address may lie, bytes. */
  private static final long REACH = 1 << 16;

  private final TreeMap<Long, Symbol> byAddress = new TreeMap<>();
  private final Map<String, Symbol> byName = new java.util.HashMap<>();

  /** Of several symbols with one address, a function counts, then an object, then the first. */
  public Symbols(List<Symbol> symbols) {
    for (Symbol symbol : symbols) {
      byName.putIfAbsent(symbol.name(), symbol);
      byAddress.merge(
          Integer.toUnsignedLong(symbol.address()),
          symbol,
          (old, other) -> other.kind().compareTo(old.kind()) < 0 ? other : old);
    }
  }

  /** The symbol called {@code name}. */
  public Optional<Symbol> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** {@code name} or {@code name+1C} of the symbol that holds {@code address}. */
  public Optional<String> at(int address) {
    return holding(address)
        .map(
            symbol -> {
              int offset = address - symbol.address();
              String digits = Integer.toHexString(offset).toUpperCase(Locale.ROOT);
              return symbol.name() + (offset == 0 ? "" : "+" + digits);
            });
  }

  /** Whether the symbol that holds {@code address} names microMIPS code. */
  public boolean microMips(int address) {
    return holding(address).filter(Symbol::microMips).isPresent();
  }

  private Optional<Symbol> holding(int address) {
    long wanted = Integer.toUnsignedLong(address);
    Map.Entry<Long, Symbol> entry = byAddress.floorEntry(wanted);
    if (entry == null) {
      return Optional.empty();
    }
    Symbol symbol = entry.getValue();
    long reach = symbol.size() > 0 ? symbol.size() : REACH;
    return wanted - entry.getKey() < reach ? Optional.of(symbol) : Optional.empty();
  }

  /** The symbol that stands exactly at {@code address}. */
  public Optional<String> exactly(int address) {
    return Optional.ofNullable(byAddress.get(Integer.toUnsignedLong(address))).map(Symbol::name);
  }
}
