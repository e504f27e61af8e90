/** Programming real and virtual boards: parts, plans, and the engine that carries plans out. */
package org.vzrig.flasher;
