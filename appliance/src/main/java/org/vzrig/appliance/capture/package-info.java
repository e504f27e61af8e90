/** {@code vzrig capture}: shows and exports recordings. */
package org.vzrig.appliance.capture;
