/** Programmers and boot loaders on USB. */
package org.vzrig.flasher.usb;
