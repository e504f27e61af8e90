/** In-circuit programming through the chip's TAP: MTAP, ETAP and the programming executive. */
package org.vzrig.flasher.icsp;
