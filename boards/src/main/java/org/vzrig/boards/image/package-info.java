/** Firmware images: what a file puts where, read from and written to the usual formats. */
package org.vzrig.boards.image;
