package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.run.Target;
import org.vzrig.appliance.settings.Settings.Card;
import org.vzrig.emulator.device.BlockStore;

/** Keeps the memory card in the socket when the machine is switched off and on. */
final class CardSocket {
  private final Supplier<Optional<Card>> wanted;
  private @Nullable Card opened;
  private @Nullable BlockStore blocks;

  /** A socket with the card that {@code wanted} names at each power-on. */
  CardSocket(Supplier<Optional<Card>> wanted) {
    this.wanted = wanted;
  }

  /** Puts the card into the socket of {@code target}, which does not run yet. */
  void insert(Target target) throws IOException {
    Card card = wanted.get().orElse(null);
    if (card == null) {
      return;
    }
    BlockStore store = blocks;
    if (store == null || !card.equals(opened)) {
      store = BlockStore.file(card.file(), card.readOnly());
      blocks = store;
      opened = card;
    }
    target.debug().machine().insertCard(store);
  }
}
